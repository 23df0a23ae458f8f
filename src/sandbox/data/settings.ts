/** What the closed Enterprise server does in places nobody outside knows. Each value is a server one might meet. */
export interface BulkSettings {
  /** In which order the ids come back, compared with the tasks. */
  idOrder: 'as-sent' | 'reversed' | 'shuffled';
  /** A task that is not there: nothing is stored, or the tasks before it are. Both answer 400. */
  onBadTask: 'atomic' | 'partial';
  /** Body fields that are accepted and then forgotten. */
  ignoredFields: string[];
}

export interface SandboxOptions {
  edition: 'community' | 'enterprise';
  /** `seeds` are the projects of seeds/sandbox; `empty` is a server just installed, with one user. */
  data: 'empty' | 'seeds';
  bulk?: Partial<BulkSettings>;
  /** How long an access token lives. Label Studio: 300. */
  accessTokenSeconds?: number;
  now?: () => Date;
  /** Waits; in a spec it need not. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** How long the server works on a creating call, and on each annotation in it, in milliseconds. */
  latency?: { perCall: number; perTask: number };
}

export interface Settings extends Required<SandboxOptions> {
  bulk: BulkSettings;
}

/** The strictest server that fits what is known. */
export function withDefaults(options: SandboxOptions): Settings {
  return {
    accessTokenSeconds: 300,
    now: () => new Date(),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      }),
    latency: { perCall: 0, perTask: 0 },
    ...options,
    bulk: { idOrder: 'shuffled', onBadTask: 'atomic', ignoredFields: [], ...options.bulk },
  };
}
