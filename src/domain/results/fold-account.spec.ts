import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { created, event, found, planOf } from '#domain/results/spec-run.ts';
import type { Plan } from '#domain/plan/plan.ts';
import {
  annotationsOf,
  foundOf,
  lookDueAt,
  newAccount,
  rowStates,
  stateOf,
  whyGivenUp,
  type Account,
  type RowState,
} from './account.ts';
import { fold } from './fold-account.ts';
import type { RunEvent } from './run-event.ts';

/** A plan with this many rows in one group, some of them skipped. */
const rowsPlan = (count: number, skipped: number[] = []): Plan =>
  planOf([{ tasks: Array.from({ length: count }, (_, index) => index + 1) }], {
    skip: (row) => (skipped.includes(row) ? 'It is not there.' : undefined),
  });

const foldAll = (plan: Plan, events: RunEvent[]): Account => events.reduce(fold, newAccount(plan));

/** The shortest events that bring a row into each state. */
const eventsTo: Record<RowState, RunEvent[]> = {
  waiting: [],
  skipped: [],
  'in-flight': [event.sent(1, [0])],
  unconfirmed: [event.sent(1, [0]), event.unconfirmed(1)],
  refused: [event.sent(1, [0]), event.refusal(1), event.refused([0])],
  created: created(1, [0], [[31]]),
  duplicated: created(1, [0], [[31, 32]]),
  'never-sent': [event.leftUnsent([0])],
  'not-found': [event.sent(1, [0]), event.unconfirmed(1), event.notFound([0])],
  unknown: [event.sent(1, [0]), event.unconfirmed(1), event.unread([0])],
  deleted: [...created(1, [0], [[31]]), event.deleted([0], [31])],
};

const after = (state: RowState, ...events: RunEvent[]): Account =>
  foldAll(rowsPlan(1, state === 'skipped' ? [0] : []), [...eventsTo[state], ...events]);

/** The state after each event in each state. Missing combinations are refused. */
const transitions: [name: string, event: RunEvent, to: Partial<Record<RowState, RowState>>][] = [
  ['sent', event.sent(2, [0]), { waiting: 'in-flight' }],
  [
    'not found',
    event.notFound([0]),
    {
      unconfirmed: 'not-found',
      unknown: 'not-found',
      'not-found': 'not-found',
      created: 'not-found',
      duplicated: 'not-found',
    },
  ],
  ['refused', event.refused([0]), { unconfirmed: 'refused', refused: 'refused' }],
  [
    'queued',
    event.queued([0]),
    {
      unconfirmed: 'waiting',
      'never-sent': 'waiting',
      'not-found': 'waiting',
      refused: 'waiting',
    },
  ],
  ['left unsent', event.leftUnsent([0]), { waiting: 'never-sent', 'never-sent': 'never-sent' }],
  ['deleted', event.deleted([0], [31, 32]), { created: 'deleted', duplicated: 'deleted' }],
  ['one found', event.readBack([0], [[41]]), everywhere('created')],
  ['two found', event.readBack([0], [[41, 42]]), everywhere('duplicated')],
  // Finding nothing changes nothing.
  ['nothing found', event.readBack([0], [[]]), sameEverywhere()],
  ['not read', event.unread([0]), { ...sameEverywhere(), waiting: 'waiting', unconfirmed: 'unknown' }],
];

function everywhere(to: RowState): Partial<Record<RowState, RowState>> {
  const from = rowStates.filter((state) => !['waiting', 'skipped', 'in-flight'].includes(state));
  return Object.fromEntries(from.map((state) => [state, to]));
}

function sameEverywhere(): Partial<Record<RowState, RowState>> {
  return Object.fromEntries(Object.keys(everywhere('created')).map((state) => [state, state as RowState]));
}

const cases = transitions.flatMap(([name, happened, to]) =>
  rowStates.map((state) => [state, name, happened, to[state]] as const),
);

describe('a row', () => {
  it.each(cases.filter(([, , , to]) => to !== undefined))('%s, %s → $3', (state, _, happened, to) => {
    const account = after(state, happened);
    expect(stateOf(account, 0)).toBe(to);
    expect(account.totals[to!]).toBe(1);
  });

  it.each(cases.filter(([, , , to]) => to === undefined))('%s, %s is a bug', (state, _, happened) => {
    expect(() => after(state, happened)).toThrow(`Row 0 is ${state}: ${happened.type} does not apply.`);
  });

  it('is waiting or skipped before the first event', () => {
    const account = newAccount(rowsPlan(3, [1]));
    expect([0, 1, 2].map((row) => stateOf(account, row))).toEqual(['waiting', 'skipped', 'waiting']);
    expect(account.totals).toMatchObject({ waiting: 2, skipped: 1 });
    expect(account.reason.get(1)).toBe('It is not there.');
  });

  it('has a reason in exactly the states that need one', () => {
    const reasonAfter = (state: RowState, ...events: RunEvent[]) => after(state, ...events).reason.get(0);
    expect(reasonAfter('refused')).toBe('because');
    expect(reasonAfter('refused', event.readBack([0], [[31]]))).toBeUndefined();
    expect(reasonAfter('refused', event.queued([0]))).toBeUndefined();
    expect(reasonAfter('duplicated')).toBe('The task has 2 annotations of this row.');
    expect(reasonAfter('not-found')).toBe('because');
    expect(reasonAfter('created', event.notFound([0]))).toContain('verified before');
    const answered = foldAll(rowsPlan(1), [event.sent(1, [0]), event.answered(1), event.notFound([0])]);
    expect(answered.reason.get(0)).toContain('The server answered that it was created');
  });

  it('has only the IDs that were read back last', () => {
    const idsAfter = (state: RowState, ...events: RunEvent[]) => annotationsOf(after(state, ...events), 0);
    expect(idsAfter('waiting')).toEqual([]);
    expect(idsAfter('created')).toEqual([31]);
    expect(idsAfter('duplicated')).toEqual([31, 32]);
    expect(idsAfter('duplicated', event.readBack([0], [[32]]))).toEqual([32]);
    expect(idsAfter('duplicated', event.notFound([0]))).toEqual([]);
    expect(idsAfter('created', event.unread([0]))).toEqual([31]);
  });

  it('keeps what shows whether its annotation was changed', () => {
    expect(foundOf(after('created'), 0)).toEqual([found(31)]);
    expect(foundOf(after('duplicated'), 0)).toEqual([found(31), found(32)]);
  });

  it('is created again after its copy was deleted', () => {
    const account = after('duplicated', event.deleted([0], [32]));
    expect(stateOf(account, 0)).toBe('created');
    expect(annotationsOf(account, 0)).toEqual([31]);
  });
});

describe('a call', () => {
  const plan = rowsPlan(250);
  const upTo = (count: number) => Array.from({ length: count }, (_, row) => row);

  it('is open while any of its rows is unconfirmed', () => {
    const account = foldAll(plan, [event.sent(1, [0, 1]), event.unconfirmed(1)]);
    expect(account.openCalls.size).toBe(1);
    fold(account, event.readBack([0], [[31]]));
    expect(account.openCalls.size).toBe(1);
    fold(account, event.notFound([1]));
    expect(account.openCalls.size).toBe(0);
  });

  it.each<[string, RunEvent, RowState]>([
    ['an answer', event.answered(1), 'unconfirmed'],
    ['that it was not processed', event.notProcessed(1), 'waiting'],
    ['none still', event.unconfirmed(1), 'unconfirmed'],
  ])('that is partly decided applies %s only to the others', (_, late, state) => {
    const account = foldAll(plan, [
      event.sent(1, [0, 1]),
      event.unconfirmed(1),
      event.readBack([0], [[31]]),
      late,
    ]);
    expect([0, 1].map((row) => stateOf(account, row))).toEqual(['created', state]);
  });

  it('is counted each time it is sent, and its rows wait again if it was not processed', () => {
    const account = foldAll(plan, [event.sent(1, [0]), event.notProcessed(1), event.sent(2, [0, 1])]);
    expect(account.callsSent).toBe(2);
    expect(account.totals['in-flight']).toBe(2);
  });

  it('makes the next ones larger if answered fast, and smaller if lost or too large', () => {
    const size = (...events: RunEvent[]) => foldAll(plan, events).tasksPerCall;
    expect(size()).toBe(100);
    const answered = (at: number): RunEvent => ({ type: 'call-answered', call: 1, at, ids: [] });
    expect(size(event.sent(1, upTo(100)), answered(1500))).toBe(200);
    expect(size(event.sent(1, upTo(100)), answered(500))).toBe(400);
    expect(size(event.sent(1, upTo(100)), answered(50))).toBe(1000);
    expect(size(event.sent(1, upTo(100)), answered(2500))).toBe(100);
    // A small group says nothing about the server’s speed.
    expect(size(event.sent(1, upTo(3)), event.answered(1))).toBe(100);
    expect(size(event.sent(1, upTo(100)), event.unconfirmed(1))).toBe(50);
    expect(size(event.sent(1, upTo(3)), event.unconfirmed(1))).toBe(100);
    expect(size(event.sent(1, upTo(9)), event.refusal(1, '', 413))).toBe(5);
    // A size that got no answer isn’t tried again: a gateway may give up on it.
    const lost = [event.sent(1, upTo(240)), event.unconfirmed(1), event.queued(upTo(240))];
    expect(size(...lost, event.sent(2, upTo(120)), event.answered(2))).toBe(120);
    // After a lost answer, calls grow slowly.
    const other = upTo(200).slice(100);
    expect(
      size(event.sent(1, upTo(100)), event.sent(2, other), event.unconfirmed(1), event.answered(2)),
    ).toBe(200);
    // A size that was too large isn’t tried again.
    const tooLarge = [event.sent(1, upTo(100)), event.refusal(1, '', 413), event.queued(upTo(100), 'split')];
    expect(size(...tooLarge, event.sent(2, upTo(50)), event.answered(2))).toBe(50);
  });

  it('is split if refused; a group is given up after ten rows refused alone and none accepted', () => {
    const account = foldAll(plan, [event.sent(1, upTo(8)), event.refusal(1), event.queued(upTo(8), 'split')]);
    expect(account.splitSize.get(3)).toBe(4);
    const alone = (rows: number) =>
      upTo(rows).flatMap((row) => [event.sent(row + 1, [row]), event.refusal(row + 1), event.refused([row])]);
    expect(whyGivenUp(foldAll(plan, alone(9)), 0)).toBeUndefined();
    expect(whyGivenUp(foldAll(plan, alone(10)), 0)).toContain('because');
    const accepted = [event.sent(11, [20]), event.answered(11)];
    expect(whyGivenUp(foldAll(plan, [...accepted, ...alone(10)]), 0)).toBeUndefined();
  });

  it('counts for each of its rows, and in a row, without a usable answer', () => {
    const lost = (id: number) => [event.sent(id, [0]), event.unconfirmed(id), event.queued([0])];
    const account = foldAll(plan, [...lost(1), ...lost(2)]);
    expect(account.timesUnconfirmed.get(0)).toBe(2);
    expect(account.unconfirmedInARow).toEqual([1, 2]);
    fold(account, event.sent(3, [0]));
    fold(account, event.answered(3));
    expect(account.unconfirmedInARow).toEqual([]);
    expect(account.hadTrouble).toBe(true);
  });

  it('of a selection may have created more annotations than rows', () => {
    const account = foldAll(plan, [
      event.sent(1, [0]),
      { ...event.unconfirmed(1), ids: [31, 32] } as RunEvent,
    ]);
    fold(account, event.readBack([0], [[31]]));
    expect([...account.extra]).toEqual([32]);
  });
});

describe('a run', () => {
  it('keeps the time of its first start and its last end', () => {
    const times = (...events: RunEvent[]) => {
      const { startedAt, endedAt } = foldAll(rowsPlan(1), events);
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

  it('is checked again if a read shows what earlier reads agreed was gone', () => {
    const gone = [event.sent(1, [0]), event.answered(1, [31]), event.notFound([0])];
    const looked: RunEvent = { type: 'looked-again', at: 200_000 };
    const quiet = foldAll(rowsPlan(1), [...gone, looked]);
    expect(lookDueAt(quiet)).toBeUndefined();
    fold(quiet, { type: 'read-back', at: 300_000, rows: [0], found: [[found(31)]] });
    expect(lookDueAt(quiet)).toBe(360_000);
    fold(quiet, { type: 'looked-again', at: 360_000 });
    expect(lookDueAt(quiet)).toBeUndefined();
  });

  it('isn’t partly changed by an event that doesn’t apply to all of its rows', () => {
    const account = foldAll(rowsPlan(2, [1]), []);
    const before = structuredClone(account);
    expect(() => fold(account, event.sent(1, [0, 1]))).toThrow('Row 1 is skipped');
    expect(account).toEqual(before);
  });
});

describe('any run', () => {
  /** Numbers that select a legal event and its rows. */
  const anySteps = fc.array(fc.tuple(fc.nat(transitions.length + 3), fc.nat(255)), { maxLength: 40 });

  function legalRun(plan: Plan, steps: [type: number, mask: number][]): RunEvent[] {
    const account = newAccount(plan);
    const events: RunEvent[] = [];
    const add = (next: RunEvent) => {
      fold(account, next);
      events.push(next);
    };
    for (const [type, mask] of steps) {
      const open = [...account.openCalls.values()].find(({ outcome }) => outcome === 'in-flight');
      const [, template, to] = transitions[type] ?? [];
      if (template === undefined) {
        if (!open) continue;
        const { id } = open.call;
        add(
          [event.answered(id), event.refusal(id), event.unconfirmed(id), event.notProcessed(id)][type % 4]!,
        );
        continue;
      }
      const rows = [...plan.rows.task.keys()].filter(
        (row) => to![stateOf(account, row)] !== undefined && ((mask >> row) & 1) === 1,
      );
      if (rows.length === 0) continue;
      if (template.type === 'call-sent') add(event.sent(account.callsSent + 1, rows));
      else if (template.type === 'read-back')
        add({ ...template, rows, found: rows.map(() => template.found[0]!) });
      else add({ ...template, rows } as RunEvent);
    }
    return events;
  }

  it('has every row in exactly one state after each event, and totals that add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(255), anySteps, (count, mask, steps) => {
        const skipped = [...Array(count).keys()].filter((row) => ((mask >> row) & 1) === 1);
        if (skipped.length === count) return;
        const plan = rowsPlan(count, skipped);
        const account = newAccount(plan);
        for (const next of [undefined, ...legalRun(plan, steps)]) {
          if (next) fold(account, next);
          const counted = Object.fromEntries(rowStates.map((state) => [state, 0]));
          for (let row = 0; row < count; row += 1) {
            const state = stateOf(account, row);
            counted[state]! += 1;
            const ids = annotationsOf(account, row);
            if (state === 'created') expect(ids).toHaveLength(1);
            if (state === 'duplicated') expect(ids.length).toBeGreaterThan(1);
            if (['skipped', 'refused', 'never-sent', 'unknown', 'not-found'].includes(state))
              expect(account.reason.get(row)).toBeTruthy();
            // Nothing on the server is ever queued.
            if (state === 'waiting' || state === 'in-flight') expect(ids).toEqual([]);
            // A row without an outcome is always in an open call.
            if (state === 'in-flight' || state === 'unconfirmed')
              expect(account.openCalls.has(account.callOf[row]!)).toBe(true);
          }
          expect(account.totals).toEqual(counted);
          expect(account.totals.skipped).toBe(skipped.length);
        }
      }),
    );
  });

  it('has the same account whenever its events are folded again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), anySteps, (count, steps) => {
        const plan = rowsPlan(count);
        const events = legalRun(plan, steps);
        expect(foldAll(structuredClone(plan), structuredClone(events))).toEqual(foldAll(plan, events));
      }),
    );
  });
});
