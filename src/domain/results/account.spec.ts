import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annotationsOf,
  fold,
  newAccount,
  rowStates,
  stateOf,
  type Account,
  type RowState,
  type RunEvent,
} from './account.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { planRun, type Plan } from '#domain/plan/plan.ts';
import { makeRows } from '#domain/plan/rows.ts';

/** A plan of so many rows, of which some are skipped. */
function planOf(count: number, skipped: number[] = []): Plan {
  const entries = entriesOf([{ tasks: Array.from({ length: count }, (_, index) => index + 1) }]);
  return planRun({
    id: 'run',
    author: 1,
    tag: 'sheaf-1a2b3c4d',
    entries,
    rows: makeRows(entries, () => false).rows,
    projects: Float64Array.of(1),
    tasksPerCall: 2,
    skip: (row) => (skipped.includes(row) ? 'It is not there.' : undefined),
    selectionAsIs: () => undefined,
  });
}

const foldAll = (plan: Plan, events: RunEvent[]) => events.reduce(fold, newAccount(plan));
const on = (type: RunEvent['type'], rows: number[], annotations: number[] = []): RunEvent =>
  ({ type, rows, at: 1, reason: 'because', annotations: rows.map(() => annotations) }) as RunEvent;

/** How a row comes into each state, the shortest way. */
const wayTo: Record<RowState, RunEvent[]> = {
  waiting: [],
  skipped: [],
  'in-flight': [on('call-sending', [0])],
  answered: [on('call-sending', [0]), on('call-answered', [0])],
  refused: [on('call-sending', [0]), on('call-refused', [0])],
  unknown: [on('call-sending', [0]), on('call-lost', [0])],
  created: [on('call-sending', [0]), on('call-answered', [0]), on('read-back', [0], [31])],
  duplicated: [on('call-sending', [0]), on('call-answered', [0]), on('read-back', [0], [31, 32])],
  'not-sent': [on('left-unsent', [0])],
};

/** A row in this state, and then one event. */
const after = (state: RowState, event: RunEvent): Account =>
  foldAll(planOf(1, state === 'skipped' ? [0] : []), [...wayTo[state], event]);

/** What each event makes of a row in each state. What is not here is refused. */
const transitions: Record<string, Partial<Record<RowState, RowState>>> = {
  'call-sending': { waiting: 'in-flight', 'not-sent': 'in-flight' },
  'call-answered': { 'in-flight': 'answered' },
  'call-refused': { 'in-flight': 'refused' },
  'call-lost': { 'in-flight': 'unknown' },
  'call-returned': { 'in-flight': 'waiting' },
  'queued-again': { unknown: 'waiting', refused: 'waiting', 'not-sent': 'waiting' },
  'left-unsent': { waiting: 'not-sent', unknown: 'not-sent', 'not-sent': 'not-sent' },
  'read-back-failed': {
    answered: 'unknown',
    refused: 'unknown',
    unknown: 'unknown',
    waiting: 'waiting',
    created: 'created',
    duplicated: 'duplicated',
    'not-sent': 'not-sent',
  },
};
/** The same for a look that found so many annotations. */
const found: Record<number, Partial<Record<RowState, RowState>>> = {
  0: {
    waiting: 'waiting',
    answered: 'unknown',
    created: 'unknown',
    refused: 'refused',
    duplicated: 'unknown',
    'not-sent': 'not-sent',
    unknown: 'unknown',
  },
  1: {
    waiting: 'created',
    answered: 'created',
    created: 'created',
    refused: 'created',
    duplicated: 'created',
    'not-sent': 'created',
    unknown: 'created',
  },
  2: {
    waiting: 'duplicated',
    answered: 'duplicated',
    created: 'duplicated',
    refused: 'duplicated',
    duplicated: 'duplicated',
    'not-sent': 'duplicated',
    unknown: 'duplicated',
  },
};

const cases = rowStates.flatMap((state) => [
  ...Object.entries(transitions).map(
    ([type, to]) => [state, type, on(type as RunEvent['type'], [0]), to[state]] as const,
  ),
  ...Object.entries(found).map(
    ([count, to]) =>
      [state, `${count} found`, on('read-back', [0], [41, 42].slice(0, Number(count))), to[state]] as const,
  ),
]);

describe('a row', () => {
  it.each(cases.filter(([, , , to]) => to !== undefined))('%s, %s → $3', (state, _, event, to) => {
    const account = after(state, event);
    expect(stateOf(account, 0)).toBe(to);
    expect(account.totals[to!]).toBe(1);
  });

  it.each(cases.filter(([, , , to]) => to === undefined))(
    '%s, %s is a mistake of ours',
    (state, _, event) => {
      expect(() => after(state, event)).toThrow(`Row 0 is ${state}: ${event.type} does not apply.`);
    },
  );

  it('is waiting or skipped before the first event', () => {
    const account = newAccount(planOf(3, [1]));
    expect([0, 1, 2].map((row) => stateOf(account, row))).toEqual(['waiting', 'skipped', 'waiting']);
    expect(account.totals).toMatchObject({ waiting: 2, skipped: 1 });
    expect(account.reason.get(1)).toBe('It is not there.');
  });

  it('has a reason in every state that needs one, and in no other', () => {
    const reasonAfter = (...events: RunEvent[]) => foldAll(planOf(1), events).reason.get(0);
    expect(reasonAfter(...wayTo.refused)).toBe('because');
    expect(reasonAfter(...wayTo.refused, on('read-back', [0], [31]))).toBeUndefined();
    expect(reasonAfter(...wayTo.refused, on('queued-again', [0]))).toBeUndefined();
    expect(reasonAfter(...wayTo.duplicated)).toBe('The task has 2 annotations from this run.');
    expect(reasonAfter(...wayTo.answered, on('read-back', [0]))).toContain('reported it as created');
    expect(reasonAfter(...wayTo.created, on('read-back', [0]))).toBe('Created, but no longer on the server.');
  });

  it('has the IDs that were read back last, and no others', () => {
    const idsAfter = (...events: RunEvent[]) => annotationsOf(foldAll(planOf(1), events), 0);
    expect(idsAfter()).toEqual([]);
    expect(idsAfter(...wayTo.created)).toEqual([31]);
    expect(idsAfter(...wayTo.duplicated)).toEqual([31, 32]);
    expect(idsAfter(...wayTo.duplicated, on('read-back', [0], [32]))).toEqual([32]);
    expect(idsAfter(...wayTo.duplicated, on('read-back', [0]))).toEqual([]);
    expect(idsAfter(...wayTo.created, on('read-back-failed', [0]))).toEqual([31]);
  });
});

describe('the proof that a row is missing', () => {
  const isMissing = (...events: RunEvent[]) => foldAll(planOf(1), events).missing.has(0);

  it('is a read that found nothing', () => {
    expect(isMissing(...wayTo.unknown)).toBe(false);
    expect(isMissing(...wayTo.unknown, on('read-back', [0]))).toBe(true);
    expect(isMissing(...wayTo.unknown, on('read-back', [0], [31]))).toBe(false);
  });

  it('is void once the row is sent again or could not be read', () => {
    const proven = [...wayTo.unknown, on('read-back', [0])];
    expect(isMissing(...proven, on('read-back-failed', [0]))).toBe(false);
    expect(isMissing(...proven, on('queued-again', [0]))).toBe(true);
    expect(isMissing(...proven, on('queued-again', [0]), on('call-sending', [0]))).toBe(false);
  });
});

describe('a run', () => {
  it('keeps the time of its first start and its last end', () => {
    const times = (...events: RunEvent[]) => {
      const { startedAt, endedAt } = foldAll(planOf(1), events);
      return [startedAt, endedAt];
    };
    expect(times()).toEqual([undefined, undefined]);
    const first: RunEvent[] = [
      { type: 'started', at: 10 },
      { type: 'finished', at: 20 },
    ];
    expect(times(...first)).toEqual([10, 20]);
    expect(times(...first, { type: 'started', at: 30 })).toEqual([10, undefined]);
    expect(times(...first, { type: 'started', at: 30 }, { type: 'finished', at: 40 })).toEqual([10, 40]);
  });

  it('counts the calls, each time one is sent', () => {
    const events = [on('call-sending', [0]), on('call-returned', [0]), on('call-sending', [0, 1])];
    expect(foldAll(planOf(2), events).callsSent).toBe(2);
  });

  it('records what was there before', () => {
    const baseline = (annotations: number[]): RunEvent => ({ type: 'baseline', annotations });
    expect([...foldAll(planOf(1), [baseline([5, 6]), baseline([6, 7])]).baseline]).toEqual([5, 6, 7]);
  });

  it('is not partly changed by an event that does not apply to all of its rows', () => {
    const account = foldAll(planOf(2, [1]), []);
    const before = structuredClone(account);
    expect(() => fold(account, on('call-sending', [0, 1]))).toThrow('Row 1 is skipped');
    expect(account).toEqual(before);
  });
});

describe('any run', () => {
  const types = [...Object.keys(transitions), 'read-back'] as RunEvent['type'][];
  /** Numbers from which a legal sequence is made: which event, for which of the rows that it applies to, and what is seen. */
  const anySteps = fc.array(fc.tuple(fc.nat(types.length - 1), fc.nat(), fc.nat(3)), { maxLength: 40 });

  function legalRun(plan: Plan, steps: [type: number, mask: number, seen: number][]): RunEvent[] {
    const account = newAccount(plan);
    const events: RunEvent[] = [];
    for (const [type, mask, seen] of steps) {
      const legal = transitions[types[type]!] ?? found[0]!;
      const rows = [...plan.rows.task.keys()].filter(
        (row) => legal[stateOf(account, row)] !== undefined && ((mask >> row) & 1) === 1,
      );
      if (rows.length === 0) continue;
      const ids = Array.from({ length: seen }, (_, index) => 100 + index);
      const event = on(types[type]!, rows, ids);
      fold(account, event);
      events.push(event);
    }
    return events;
  }

  it('has every row in exactly one state, and the totals add up to the rows, after each event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(255), anySteps, (count, mask, steps) => {
        const skipped = [...Array(count).keys()].filter((row) => ((mask >> row) & 1) === 1);
        const plan = planOf(count, skipped);
        const account = newAccount(plan);
        for (const event of [undefined, ...legalRun(plan, steps)]) {
          if (event) fold(account, event);
          const counted = Object.fromEntries(rowStates.map((state) => [state, 0]));
          for (let row = 0; row < count; row += 1) {
            counted[stateOf(account, row)]! += 1;
            const ids = annotationsOf(account, row);
            const state = stateOf(account, row);
            if (state === 'created') expect(ids).toHaveLength(1);
            if (state === 'duplicated') expect(ids.length).toBeGreaterThan(1);
            if (['skipped', 'refused', 'not-sent', 'unknown'].includes(state))
              expect(account.reason.get(row)).toBeTruthy();
            // Nothing that the server has is ever in the queue.
            if (state === 'waiting' || state === 'in-flight') expect(ids).toEqual([]);
          }
          expect(account.totals).toEqual(counted);
          expect(account.totals.skipped).toBe(skipped.length);
        }
      }),
    );
  });

  it('comes to the same account whenever its events are folded again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), anySteps, (count, steps) => {
        const plan = planOf(count);
        const events = legalRun(plan, steps);
        const stored = JSON.parse(JSON.stringify(events)) as RunEvent[];
        expect(foldAll(plan, stored)).toEqual(foldAll(plan, events));
      }),
    );
  });
});
