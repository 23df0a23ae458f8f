import { readDeployedPage, type DeployedPage } from '#api/deployed-page.ts';
import { readServerOffer } from '#api/server-offer.ts';
import type { Outcome } from '#wire/failure.ts';
import type { ServerOffer } from '#wire/server-offer.ts';
import {
  openSession,
  type Connection,
  type CurrentSession,
  type ServerAddress,
  type SessionOptions,
} from './open-session.ts';

export interface SessionPartOptions extends SessionOptions {
  /** The page’s folder, which may have a `sheaf.json`. */
  pageBase: string;
}

export type SessionPart = ReturnType<typeof createSessionPart>;

/** Signing in and out. Loaded with the first screen, so it must stay small. */
export function createSessionPart(options: SessionPartOptions, current: CurrentSession) {
  return {
    /** What the page’s own server offers: a sandbox, a proxy to a Label Studio, or nothing. */
    offer: (): Promise<ServerOffer> => readServerOffer(options.fetch, options.pageBase),

    /** Whether Sheaf’s web server has another version than this page, which was started by `script`. */
    deployedPage: (script: string): Promise<DeployedPage> =>
      readDeployedPage(options.fetch, options.pageBase, script),

    /** Signs in. The token stays in the engine’s memory until `disconnect` or until the tab is closed. */
    async connect(server: ServerAddress, token: string): Promise<Outcome<Connection>> {
      const opened = await openSession(server, token, options);
      if (!opened.ok) return opened;
      current.session = opened.value;
      return { ok: true, value: opened.value.connection };
    },

    async disconnect(): Promise<void> {
      current.session = undefined;
    },

    /** Answers at once while the engine is alive. */
    async ping(): Promise<void> {},

    /** Loads the other parts ahead of their first call. */
    async preload(): Promise<void> {},
  };
}
