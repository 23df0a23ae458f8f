/** Undocumented behaviour of Enterprise, as settings: every value is a server that may exist. */
export interface BulkSettings {
  /** Order of the returned ids, relative to the tasks. */
  idOrder: 'as-sent' | 'reversed' | 'shuffled';
  /** For a missing task: store nothing, or the tasks before it. Both answer 400. */
  onBadTask: 'atomic' | 'partial';
  /** Body fields that are accepted but ignored. */
  ignoredFields: string[];
}

export interface SandboxOptions {
  edition: 'community' | 'enterprise';
  /** `seeds` loads the projects of seeds/sandbox; `empty` is a new server with one user. */
  data: 'empty' | 'seeds';
  bulk?: Partial<BulkSettings>;
  /** Lifetime of an access token; 300 in Label Studio. */
  accessTokenSeconds?: number;
  now?: () => Date;
  /** Waits; specs can replace it. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** Milliseconds per call that creates annotations, and per annotation in it. */
  latency?: { perCall: number; perTask: number };
}

export interface Settings extends Required<SandboxOptions> {
  bulk: BulkSettings;
}

/** The strictest server that matches the documentation. */
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
