import { readServerOffer } from '#api/server-offer.ts';
import type { Engine } from './engine.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface SignInOptions extends SessionOptions {
  /** The page's own folder, where `sheaf.json` is looked for. */
  pageBase: string;
}

/** What the first screen asks, and who is signed in by it. */
export interface SignIn {
  calls: Pick<Engine, 'offer' | 'connect' | 'disconnect'>;
  /** Tells who is signed in, or that nobody is: now, and whenever that changes. */
  follow(told: (session: Session | undefined) => void): void;
}

/** The engine's small first part: it is there long before all that reads, checks and sends a batch. */
export function createSignIn(options: SignInOptions): SignIn {
  let session: Session | undefined;
  const followers: ((session: Session | undefined) => void)[] = [];
  const change = (next: Session | undefined) => {
    session = next;
    for (const told of followers) told(next);
  };

  return {
    calls: {
      offer: () => readServerOffer(options.fetch, options.pageBase),
      async connect(server, token) {
        const opened = await openSession(server, token, options);
        if (!opened.ok) return opened;
        change(opened.value);
        return { ok: true, value: opened.value.connection };
      },
      async disconnect() {
        change(undefined);
      },
    },
    follow(told) {
      followers.push(told);
      told(session);
    },
  };
}
