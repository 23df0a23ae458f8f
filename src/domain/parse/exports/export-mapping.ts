import type { LabelConfig } from '#config/label-config.ts';
import { findControl } from '#config/find-control.ts';
import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { PartName } from './export-kind.ts';

/** The control and object of a region. */
export interface RegionNames {
  from_name: string;
  to_name: string;
}

/**
 * The fields taken from an annotation, prediction or draft. Times and IDs of another server are dropped.
 */
export const takenOf = (part: PartName): readonly string[] => {
  if (part === 'predictions') return ['result'];
  if (part === 'drafts') return ['result', 'lead_time'];
  return ['result', 'was_cancelled', 'ground_truth', 'lead_time', 'completed_by'];
};

/** Maps controls and users of another project or server according to the settings. */
export class ExportMapping {
  /** True if users of this server are chosen for authors. */
  readonly keepsAuthors: boolean;
  private readonly controls: ReadonlyMap<string, RegionNames | { from_name: string }>;
  private readonly annotators: Readonly<Record<string, number>> | undefined;

  constructor({ controls = {}, annotators }: ImportSettings, config: LabelConfig | undefined) {
    this.annotators = annotators;
    this.keepsAuthors = annotators !== undefined;
    this.controls = new Map(
      Object.entries(controls).map(([name, own]) => {
        const object = config && findControl(config, own)?.toName[0];
        return [name, { from_name: own, ...(object !== undefined && { to_name: object }) }];
      }),
    );
  }

  /** The request for an annotation. */
  requestOf(annotation: JsonObject, task: Json, part: PartName): JsonObject {
    const request: JsonObject = { task };
    for (const field of takenOf(part)) {
      // The server’s null means no value.
      const value = annotation[field] ?? null;
      if (value === null) continue;
      if (field === 'completed_by') {
        const user = this.userOf(authorOf(value));
        if (user !== undefined) request[field] = user;
      } else request[field] = field === 'result' ? this.mapResult(value) : value;
    }
    return request;
  }

  private mapResult(result: Json): Json {
    if (this.controls.size === 0 || !Array.isArray(result)) return result;
    return result.map((region) => {
      const name = isJsonObject(region) ? region['from_name'] : undefined;
      const names = typeof name === 'string' ? this.controls.get(name) : undefined;
      return names === undefined ? region : { ...(region as object), ...names };
    });
  }

  /** The user of this server chosen for an author; undefined if authors aren’t imported. */
  private userOf(author: string): number | undefined {
    return this.annotators !== undefined && Object.hasOwn(this.annotators, author)
      ? this.annotators[author]
      : undefined;
  }
}

/** The author in `completed_by`: a lower-case e-mail address, else `user 12`; empty if it has neither. */
export function authorOf(value: Json): string {
  if (isJsonObject(value)) {
    const { email, id = null } = value;
    return typeof email === 'string' && email.includes('@') ? authorOf(email) : authorOf(id);
  }
  if (typeof value === 'string')
    return value.includes('@') && value.length <= limits.shownUnits ? value.trim().toLowerCase() : '';
  const id = value === null ? '' : writeJson(value);
  return /^\d+$/.test(id) ? `user ${id}` : '';
}
