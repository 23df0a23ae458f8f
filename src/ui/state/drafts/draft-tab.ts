const key = 'sheaf-draft';
const prefix = 'sheaf-draft ';

/** A page that is being left may hold its lock a little longer. */
const longestWaitMs = 1000;

/** Other tabs answer a broadcast within this time. */
const answerMs = 250;

/** Identifies the tab; its draft is stored under this ID. */
export interface DraftTab {
  readonly id: string;
  /** The ID of the original, if this tab is a duplicate. */
  readonly copyOf: string | undefined;
  /** Takes a new ID, so that the draft under the old one is no longer this tab’s. */
  renew(): Promise<void>;
  /** Takes the ID of a closed tab with its draft. False if an open tab has it. */
  adopt(id: string): Promise<boolean>;
  /** IDs of all open tabs. */
  openTabs(): Promise<ReadonlySet<string>>;
}

/** The ID survives a reload in the session storage. A duplicated tab has a copy of it, so an ID is also locked. */
export async function claimTab(): Promise<DraftTab> {
  const presence = 'locks' in navigator ? lockPresence() : broadcastPresence();
  const stored = readId();
  let id = stored ?? newId();
  const isOwn = await presence.hold(id, longestWaitMs);
  if (!isOwn) await renew();
  else keepId(id);

  async function renew() {
    id = newId();
    await presence.hold(id);
    keepId(id);
  }

  return {
    get id() {
      return id;
    },
    copyOf: isOwn ? undefined : stored,
    renew,
    async adopt(next) {
      if (!(await presence.hold(next))) return false;
      id = next;
      keepId(id);
      return true;
    },
    openTabs: presence.open,
  };
}

interface Presence {
  /** Holds this ID while the page is open, instead of the last one. False if another tab keeps holding it. */
  hold(id: string, waitMs?: number): Promise<boolean>;
  open(): Promise<ReadonlySet<string>>;
}

/** The browser releases a lock when its tab is closed, crashes or is killed. */
function lockPresence(): Presence {
  let release = () => {};
  return {
    hold: (id, waitMs = 0) =>
      new Promise((answer) => {
        const options = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
        navigator.locks
          .request(prefix + id, options, (lock) => {
            answer(lock !== null);
            if (lock === null) return undefined;
            release();
            return new Promise<void>((resolve) => {
              release = resolve;
            });
          })
          // Another tab kept holding it, or there is no storage.
          .catch(() => answer(false));
      }),
    async open() {
      const { held = [] } = await navigator.locks.query().catch(() => ({ held: [] }));
      const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      return new Set(names);
    },
  };
}

/** For pages on plain http, which have no locks. A tab that doesn’t answer counts as closed. */
function broadcastPresence(): Presence {
  const channel = new BroadcastChannel(key);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel has no other origin.
  const send = (message: unknown) => channel.postMessage(message);
  let own: string | undefined;
  channel.addEventListener('message', ({ data }) => {
    if (data === 'who?' && own !== undefined) send({ open: own });
  });
  async function open() {
    const found = new Set<string>();
    const collect = ({ data }: MessageEvent<{ open?: string } | undefined>) => {
      if (typeof data?.open === 'string') found.add(data.open);
    };
    channel.addEventListener('message', collect);
    send('who?');
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    channel.removeEventListener('message', collect);
    return found;
  }
  return {
    async hold(id) {
      // Claimed before asking, so that of two tabs that ask at once neither gets it.
      const before = own;
      own = id;
      const isTaken = (await open()).has(id);
      if (isTaken) own = before;
      return !isTaken;
    },
    open,
  };
}

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');

function readId() {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepId(id: string) {
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // After a reload, the draft is then offered as one of a closed tab.
  }
}
