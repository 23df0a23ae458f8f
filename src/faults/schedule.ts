import { Random } from './random.ts';

/** The submitted batch and everything that goes wrong. Times are in milliseconds. */
export interface Schedule {
  seed: number;
  edition: 'enterprise' | 'community';
  /** True if most of its rows have only labels, and are enough to be staged. */
  isStaged: boolean;
  /** The order of IDs in answers of the bulk endpoint. */
  idOrder: 'as-sent' | 'reversed' | 'shuffled';
  token: 'legacy' | 'personal';
  /** Maximum time that the server works on a call. */
  timeLimitSeconds: number;
  requests: PlannedRequest[];
  /** How long storing each event takes, repeated in order. */
  writes: number[];
  /** Faults of creating calls, exports and other reads, in order of arrival; later ones succeed. */
  posts: PostFault[];
  /** Faults of deleting calls. */
  deletes: PostFault[];
  reads: ReadFault[];
  others: ReadFault[];
  /** Actions of other people, by time since the first start. */
  acts: Act[];
  sessions: Session[];
  /** The last action, without faults. */
  finale: Work;
  /** True if everything is then undone twice. */
  undoes: boolean;
}

export type RequestKind = 'labels' | 'skip' | 'empty';

export interface PlannedRequest {
  kind: RequestKind;
  /** Identifies the labels; equal requests share calls. */
  content: number;
  tasks: number[];
  /** A `unique_id` from the source. */
  uniqueId?: string;
}

/** Answers of the server, or of a gateway in front of it. */
export const answers = [
  '401',
  '403',
  '403 page',
  '404',
  '429',
  '429 wait 7',
  '429 date',
  '413 page',
  '413',
  '400',
  '400 field',
  '500',
  '502 page',
  '503 wait 3',
  '503 page',
  '504 page',
  '200 page',
  'cut-off',
  'one ID missing',
  'lost',
  'hangs',
] as const;
export type AnswerName = (typeof answers)[number] | 'true';

export interface PostFault {
  /** When each copy of the call that reaches the server is stored. */
  stored: number[];
  /** What the page gets, and when; `true` is the server’s answer to the last copy. */
  answer: AnswerName;
  after: number;
}

export interface ReadFault {
  answer: 'true' | 'lost' | 'hangs' | '500' | '502 page' | '200 page' | '429';
  /** Age of the data. */
  stale: number;
  after: number;
}

export interface Act {
  at: number;
  what:
    | { do: 'annotate' | 'skip'; task: number; by: 'manager' | 'annotator' }
    | { do: 'delete-task' | 'delete-ours' | 'edit-ours'; task: number }
    | { do: 'end-token' };
}

/** `undo-some`: the rows whose text contains a 1. */
const undoWorks = ['undo', 'undo', 'undo-some', 'undo-copies', 'undo-interrupted'] as const;
export type Work = 'start' | 'check' | 'send-again' | 'clean-up' | (typeof undoWorks)[number];

/** One action of the manager, until it ends or is interrupted. */
export interface Session {
  work: Work;
  end:
    | { by: 'itself' }
    | { by: 'stop' | 'crash'; after: number }
    /** At an event of the journal, counted from 1. */
    | { by: 'crash-before-event' | 'crash-after-event' | 'write-fails'; event: number };
  /** Time until the next session. */
  pause: number;
  /** True if the tab is closed and opened again before the next session. */
  reload: boolean;
  /** Actions of other people, by time since the session’s start. */
  acts?: Act[];
  /** What a second tab does with the same run. */
  otherTab?: { after: number; work: Work | 'stop' };
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A random schedule; the same for the same seed. */
export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed);
  const edition = random.pick(['enterprise', 'community'] as const);
  const timeLimitSeconds = random.pick([20, 90]);
  const badness = random.pick([0.15, 0.4, 0.8]);
  const readBadness = random.pick([0, 0.1, 0.4]);
  const few = requestsOf(random, edition);
  // Staging uses separate numbers, so that other runs on Community are the same with and without it.
  const staging = new Random(seed + 2_000_000_011);
  const isStaged = edition === 'community' && staging.chance(0.2);
  const requests = isStaged ? stagedRequestsOf(staging) : few;
  const laggingReads = isStaged && staging.chance(0.3) ? laggingReadsOf(staging) : [];
  const tasks = [...new Set(requests.flatMap((request) => request.tasks))];
  // Undo uses separate numbers, so that the run of a seed is the same with and without it.
  const undo = new Random(seed + 1_000_000_007);
  const undoes = undo.chance(0.4);
  return {
    seed,
    edition,
    isStaged,
    idOrder: random.pick(['as-sent', 'reversed', 'shuffled']),
    token: random.pick(['legacy', 'personal']),
    timeLimitSeconds,
    requests,
    writes: random.list(50, () => (random.chance(0.04) ? 1500 : random.between(0, 60))),
    posts: random.list(14, () => postFault(random, timeLimitSeconds * 1000, badness)),
    reads: [...laggingReads, ...readFaults(random, 16, readBadness)],
    others: random.list(10, () => readFault(random, readBadness / 3)),
    acts: random.chance(0.4)
      ? random.list(random.between(1, 4), () => act(random, tasks, timeLimitSeconds * 1000))
      : [],
    deletes: undo.list(12, () => deleteFault(undo, timeLimitSeconds * 1000, badness)),
    sessions: [
      ...random.list(random.between(1, 4), () => session(random, timeLimitSeconds * 1000)),
      ...(undoes
        ? undo.list(undo.between(0, 3), () => undoSession(undo, tasks, timeLimitSeconds * 1000))
        : []),
    ],
    undoes,
    finale: random.chance(0.7) ? 'start' : 'check',
  };
}

function requestsOf(random: Random, edition: Schedule['edition']): PlannedRequest[] {
  const isLarge = random.chance(0.04);
  const taskCount = isLarge ? (edition === 'enterprise' ? 230 : 40) : random.between(1, 9);
  const kinds = random.pick<RequestKind[]>([
    ['labels'],
    ['labels', 'skip'],
    ['skip'],
    ['labels', 'skip', 'empty'],
  ]);
  const contents = random.list(random.between(1, 3), () => random.pick(kinds));
  return random.list(random.between(1, 4), () => {
    const content = random.between(0, contents.length - 1);
    const kind = contents[content]!;
    if (random.chance(0.1))
      return {
        kind,
        content,
        tasks: [random.between(1, taskCount)],
        uniqueId: uuidOf(random),
      };
    const from = random.between(1, taskCount);
    return { kind, content, tasks: upTo(random.chance(0.2) ? from : taskCount, from) };
  });
}

/** Enough rows of labels for the project’s 5,000 tasks, some for tasks with several rows, and a few skips. */
function stagedRequestsOf(random: Random): PlannedRequest[] {
  const first = random.between(60, 90);
  const overlap = random.chance(0.3) ? random.between(1, 5) : 0;
  const requests: PlannedRequest[] = [
    { kind: 'labels', content: 0, tasks: upTo(first, 1) },
    { kind: 'labels', content: 1, tasks: upTo(first + random.between(60, 80), first + 1 - overlap) },
  ];
  if (random.chance(0.3)) requests.push({ kind: 'skip', content: 2, tasks: upTo(random.between(2, 4), 1) });
  return requests;
}

const upTo = (to: number, from: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

function uuidOf(random: Random): string {
  const digits = random.list(32, () => random.between(0, 15).toString(16)).join('');
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}

function postFault(random: Random, limit: number, badness: number): PostFault {
  const soon = random.between(50, 2500);
  if (!random.chance(badness)) return { stored: [soon], answer: 'true', after: soon };
  switch (random.between(0, 5)) {
    // The browser sends it twice; the page sees the answer to the second copy.
    case 0:
      return {
        stored: [random.chance(0.5) ? soon : random.between(0, limit)],
        answer: random.pick(answers),
        after: random.between(50, 3000),
      };
    case 1:
      return { stored: [random.between(0, soon), soon], answer: 'true', after: soon };
    // A gateway times out long before the server does.
    case 2: {
      const gaveUp = random.between(1000, Math.min(30_000, limit));
      return {
        stored: [random.between(gaveUp, Math.min(limit, gaveUp + minute))],
        answer: random.pick(['504 page', '502 page']),
        after: gaveUp,
      };
    }
    case 3:
      return {
        stored: [soon],
        answer: random.pick(['lost', 'hangs', 'cut-off', 'one ID missing']),
        after: soon,
      };
    case 4:
      return { stored: [], answer: random.pick(['lost', 'hangs']), after: soon };
    default:
      return { stored: [], answer: random.pick(answers), after: soon };
  }
}

/** The answer to a deletion has no IDs that could be missing, and often no body. */
function deleteFault(random: Random, limit: number, badness: number): PostFault {
  const fault = postFault(random, limit, badness);
  return fault.answer === 'cut-off' || fault.answer === 'one ID missing'
    ? { ...fault, answer: 'lost' }
    : fault;
}

function undoSession(random: Random, tasks: number[], limit: number): Session {
  const acts = random.chance(0.5)
    ? random.list(random.between(1, 3), () => {
        const task = random.pick(tasks);
        const what = random.pick<Act['what']>([
          { do: 'edit-ours', task },
          { do: 'edit-ours', task },
          { do: 'delete-ours', task },
          { do: 'annotate', task, by: random.pick(['manager', 'annotator'] as const) },
        ]);
        return { at: random.between(0, random.chance(0.5) ? 3000 : limit + 12_000), what };
      })
    : [];
  return { ...session(random, limit), work: random.pick(undoWorks), acts };
}

function readFaults(random: Random, length: number, badness: number): ReadFault[] {
  const faults: ReadFault[] = [];
  while (faults.length < length) {
    if (random.chance(badness) && random.chance(0.5)) {
      // A replica lags behind for several reads.
      const stale = random.between(1, 120) * 1000;
      for (let left = random.between(1, 3); left > 0; left -= 1)
        faults.push({ answer: 'true', stale, after: random.between(10, 400) });
    } else faults.push(readFault(random, badness));
  }
  return faults;
}

/** A replica so far behind that it doesn’t show what was created before a call had settled. */
const laggingReadsOf = (random: Random): ReadFault[] =>
  random.list(random.between(1, 6), () => ({
    answer: 'true',
    stale: random.between(30, 120) * 1000,
    after: random.between(10, 400),
  }));

function readFault(random: Random, badness: number): ReadFault {
  const after = random.between(10, 400);
  if (!random.chance(badness)) return { answer: 'true', stale: 0, after };
  return {
    answer: random.pick(['lost', 'hangs', '500', '502 page', '200 page', '429']),
    stale: 0,
    after: random.chance(0.2) ? random.between(1000, 30_000) : after,
  };
}

function act(random: Random, tasks: number[], limit: number): Act {
  const at = random.between(0, random.chance(0.7) ? 8000 : 2 * limit);
  const task = random.pick(tasks);
  const by = random.pick(['manager', 'annotator'] as const);
  return {
    at,
    what: random.pick<Act['what']>([
      { do: 'annotate', task, by },
      { do: 'skip', task, by },
      { do: 'skip', task, by: 'manager' },
      { do: 'delete-task', task },
      { do: 'delete-ours', task },
      { do: 'end-token' },
    ]),
  };
}

function session(random: Random, limit: number): Session {
  const after = random.between(0, random.chance(0.6) ? 6000 : limit + 20_000);
  const event = random.between(1, random.chance(0.6) ? 8 : 20);
  return {
    work: random.pick(['start', 'start', 'check', 'send-again']),
    end: random.pick<Session['end']>([
      { by: 'itself' },
      { by: 'itself' },
      { by: 'stop', after },
      { by: 'crash', after },
      { by: 'crash-before-event', event },
      { by: 'crash-after-event', event },
      { by: 'write-fails', event },
    ]),
    pause: random.pick([0, 1000, 30_000, 5 * minute, day]),
    reload: random.chance(0.4),
    ...(random.chance(0.2) && {
      otherTab: {
        after: random.between(0, 10_000),
        work: random.pick(['start', 'check', 'send-again', 'stop']),
      },
    }),
  };
}
