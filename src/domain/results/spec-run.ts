import type { JsonObject } from '#wire/json/json.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { planRun, type Plan, type PlanInput } from '#domain/plan/plan.ts';
import { makeRows } from '#domain/plan/rows.ts';
import type { FoundAnnotation, RunEvent } from '#domain/results/run-event.ts';

/* Plans and events for specs. */

/** A plan of these requests, in project 1 by default. */
export function planOf(requests: JsonObject[], input: Partial<PlanInput> = {}): Plan {
  const entries = entriesOf(requests);
  return planRun({
    id: '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10',
    tag: 'sheaf-1a2b3c4d',
    createdAt: 0,
    server: {
      address: 'https://ls.example.com',
      user: 1,
      organisation: undefined,
      boot: undefined,
      projects: new Map(),
    },
    entries,
    rows: makeRows(entries, () => false).rows,
    projects: new Float64Array(entries.length).fill(1),
    routes: [
      {
        name: 'bulk',
        proofOf: (_, isMarked) => (isMarked ? 'marker' : 'answer'),
        unsupportedReason: () => undefined,
      },
    ],
    skip: () => undefined,
    selectionAsIs: () => undefined,
    ...input,
  });
}

export const found = (id: number): FoundAnnotation => ({ id, updatedAt: id, resultHash: 1 });

/** Short events. Calls count from 1 and belong to group 0 by default. */
export const event = {
  sent: (id: number, rows: number[], group = 0): RunEvent => ({
    type: 'call-sent',
    call: { id, group, rows, sentAt: 0, settledAfter: 100 },
  }),
  answered: (call: number, ids: number[] = []): RunEvent => ({ type: 'call-answered', call, at: 1, ids }),
  refusal: (call: number, reason = 'because', status = 400): RunEvent => ({
    type: 'call-refused',
    call,
    at: 1,
    reason,
    refusal: { status, tooLarge: status === 413, concernsGroup: false },
  }),
  unconfirmed: (call: number, reason = 'because'): RunEvent => ({
    type: 'call-unconfirmed',
    call,
    at: 1,
    reason,
  }),
  notProcessed: (call: number): RunEvent => ({ type: 'call-not-processed', call, at: 1, reason: 'because' }),
  readBack: (rows: number[], ids: number[][]): RunEvent => ({
    type: 'read-back',
    at: 2,
    rows,
    found: ids.map((some) => some.map(found)),
  }),
  unread: (rows: number[], reason = 'because'): RunEvent => ({
    type: 'read-back-failed',
    at: 2,
    rows,
    reason,
  }),
  notFound: (rows: number[]): RunEvent => ({ type: 'not-found', at: 2, rows }),
  refused: (rows: number[], reason = 'because'): RunEvent => ({ type: 'refused', at: 2, rows, reason }),
  queued: (rows: number[], why: 'split' | 'asked-for' = 'asked-for'): RunEvent => ({
    type: 'queued',
    at: 2,
    rows,
    why,
  }),
  leftUnsent: (rows: number[], reason = 'because'): RunEvent => ({
    type: 'left-unsent',
    at: 2,
    rows,
    reason,
  }),
  deleted: (rows: number[], annotations: number[]): RunEvent => ({
    type: 'deleted',
    at: 3,
    rows,
    annotations,
  }),
};

/** Events of a call that created these rows, with an annotation for each. */
export const created = (call: number, rows: number[], ids: number[][]): RunEvent[] => [
  event.sent(call, rows),
  event.answered(call, ids.flat()),
  event.readBack(rows, ids),
];
