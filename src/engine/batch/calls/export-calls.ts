import { listUsers, type User } from '#api/users.ts';
import { foreignControls, type ForeignControl } from '#domain/parse/exports/foreign-controls.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import type { Batch } from '#engine/batch/batch.ts';
import { limits } from '#wire/limits.ts';

/** Foreign names in an export, with the users they may stand for on this server. */
export interface ExportNames {
  /** Controls that the project doesn’t have; empty while its config is unknown. */
  controls: ForeignControl[];
  /** The server’s users, for the annotators of the export; undefined if the role can’t list them. */
  users: User[] | undefined;
  /** Number of users that aren’t listed. */
  moreUsers: number;
  /** By author: the user with the same e-mail address. */
  known: Record<string, number>;
}

/** Handles names in an export that come from another project or server. */
export function exportCalls(batch: Batch, current: CurrentSession) {
  return {
    /** The foreign names of the current batch; undefined if it isn’t an export. */
    async exportNames(): Promise<ExportNames | undefined> {
      const { parsed } = batch.checkup;
      const found = parsed.reading?.export;
      if (found === undefined) return undefined;
      const { config } = batch.configOf({});
      const { session } = current;
      const mayName = found.authors.length > 0 && session?.connection.user.role !== 'Annotator';
      const read = session && mayName ? await listUsers(session.client) : undefined;
      const users = read?.ok ? read.value : undefined;
      const ids = new Map(users?.map(({ email, id }) => [email.toLowerCase(), id]));
      const known = found.authors.flatMap(({ name }) => {
        const id = ids.get(name);
        return id === undefined ? [] : [[name, id] as const];
      });
      return {
        controls: config === undefined ? [] : foreignControls(parsed.entries, config),
        users: users?.slice(0, limits.listed),
        moreUsers: Math.max(0, (users?.length ?? 0) - limits.listed),
        known: Object.fromEntries(known),
      };
    },
  };
}
