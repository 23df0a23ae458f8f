import { groupOfRows, proofOfGroup, routeOfGroup } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { annotationsOf, rowStates, stateOf, type Account } from '#domain/results/account.ts';
import type { Call, RunEvent } from '#domain/results/run-event.ts';
import type { FaultyServer, Stored } from './faulty-server.ts';

interface Run {
  plan: Plan;
  account: Account;
  events: RunEvent[];
}

/** The real state of the server. */
interface Truth {
  stored: Stored[];
  server: FaultyServer;
  contentOf: (entry: number) => number;
  timeLimitMs: number;
  when: string;
}

/**
 * Checks the account at any time: an annotation that it ties to a row must be ours, of that row, and have been read.
 */
export function claimFaults({ plan, account }: Run, { stored, server, contentOf, when }: Truth): string[] {
  const wrong: string[] = [];
  const known = new Map(stored.map((one) => [one.id, one]));
  const claimedBy = new Map<number, number>();
  for (let row = 0; row < plan.rows.count; row += 1) {
    const state = stateOf(account, row);
    const task = plan.rows.task[row]!;
    const content = contentOf(plan.rows.entry[row]!);
    if (state !== 'created' && state !== 'duplicated') continue;
    const ids = annotationsOf(account, row);
    const name = `${when}: row ${row} (task ${task}) is ${state}`;
    if (state === 'created' && ids.length !== 1) wrong.push(`${name} with ${ids.length} annotations.`);
    if (state === 'duplicated' && ids.length < 2) wrong.push(`${name} with ${ids.length} annotations.`);
    for (const id of ids) {
      const other = claimedBy.get(id);
      if (other !== undefined) wrong.push(`${name} with annotation ${id}, which is of row ${other}, too.`);
      claimedBy.set(id, row);
      if (!server.shownIds.has(id)) wrong.push(`${name} with annotation ${id}, which was never read back.`);
      const there = known.get(id);
      if (!there) {
        if (!server.deletedIds.has(id) && !server.deletedTasks.has(task))
          wrong.push(`${name} with annotation ${id}, which is not on the server.`);
      } else if (there.content === undefined) wrong.push(`${name} with annotation ${id} of someone else.`);
      else if (there.task !== task || there.content !== content)
        wrong.push(`${name} with annotation ${id}, which is of another row on task ${there.task}.`);
    }
  }
  return wrong;
}

/** Once faults end, the account must show everything of ours on the server, and nothing else. */
export function accountFaults({ plan, account }: Run, { stored, server, contentOf, when }: Truth): string[] {
  const wrong: string[] = [];
  const rowsOfKey = new Map<string, number[]>();
  const keyOf = (task: number, content: number) => `${task} ${content}`;
  const totals = Object.fromEntries(rowStates.map((state) => [state, 0])) as Account['totals'];
  const suspects = new Map<number, Set<number>>();
  for (let row = 0; row < plan.rows.count; row += 1) {
    totals[stateOf(account, row)] += 1;
    const task = plan.rows.task[row]!;
    add(rowsOfKey, keyOf(task, contentOf(plan.rows.entry[row]!)), row);
    for (const id of account.suspects.get(row) ?? [])
      suspects.set(task, (suspects.get(task) ?? new Set()).add(id));
  }
  if (JSON.stringify(totals) !== JSON.stringify(account.totals))
    wrong.push(`${when}: the totals are not those of the rows.`);
  if (totals.waiting + totals['in-flight'] + totals.unconfirmed > 0)
    wrong.push(`${when}: rows are open: ${JSON.stringify(totals)}.`);

  const onServer = new Map<string, number[]>();
  for (const { id, task, content } of stored)
    if (content !== undefined) add(onServer, keyOf(task, content), id);
  const createdAt = new Map(stored.map((one) => [one.id, one.createdAt]));
  /** Two stale reads agree with each other, and the last reads of this task were two such. */
  const isHidden = (id: number, task: number): boolean => {
    const created = createdAt.get(id)!;
    const last = server.reads.filter(({ tasks }) => tasks.has(task)).slice(-2);
    return last.length === 2 && last.every(({ at, asOf }) => at > created && asOf < created);
  };
  for (const [key, rows] of rowsOfKey) {
    const task = plan.rows.task[rows[0]!]!;
    const there = rows.filter((row) => stateOf(account, row) !== 'deleted');
    const claimed = new Set(there.flatMap((row) => annotationsOf(account, row)));
    const extra = (onServer.get(key) ?? []).filter((id) => !claimed.has(id));
    const states = rows.map((row) => stateOf(account, row)).join(' ');
    const missing = extra.filter(
      (id) => !suspects.get(task)?.has(id) && !account.extra.has(id) && !isHidden(id, task),
    );
    if (missing.length > 0)
      wrong.push(
        `${when}: task ${task} has ${missing.join(' ')} of ours, which nothing shows; its rows are ${states}.`,
      );
    for (const row of there)
      for (const id of annotationsOf(account, row)) {
        const deletedAt = server.deletedIds.get(id) ?? Infinity;
        // A deleted task shows nothing.
        // The second look reads missing rows twice.
        const reads = server.reads.filter(({ at, tasks }) => at < account.lookedAgainAt && tasks.has(task));
        const wasRead = reads.length > 1 && reads.slice(-2).every(({ asOf }) => asOf > deletedAt);
        if (wasRead && !server.deletedTasks.has(task))
          wrong.push(`${when}: row ${row} is ${stateOf(account, row)} with ${id}, which was deleted.`);
      }
  }
  return wrong;
}

/** After an undo without faults, rows keep only annotations that someone edited. */
export function undoFaults({ plan, account }: Run, { server, when }: Truth): string[] {
  const wrong: string[] = [];
  for (let row = 0; row < plan.rows.count; row += 1) {
    if (server.deletedTasks.has(plan.rows.task[row]!)) continue;
    const state = stateOf(account, row);
    if (state !== 'created' && state !== 'duplicated') continue;
    const ids = annotationsOf(account, row).filter((id) => !server.editedAt.has(id));
    if (ids.length > 0) wrong.push(`${when}: row ${row} still has ${ids.join(' ')}.`);
  }
  return wrong;
}

/** A staged row is sent three times by resuming, so it is missing only after as many calls without an answer. */
export function resumeFaults({ plan, account }: Run, { server, when }: Truth): string[] {
  const wrong: string[] = [];
  const groupOf = groupOfRows(plan);
  for (const [row, calls] of account.timesUnconfirmed) {
    const state = stateOf(account, row);
    const isStaged = routeOfGroup(plan.groups, groupOf[row]!) === 'staged';
    if (!isStaged || calls >= 3 || (state !== 'not-found' && state !== 'unknown')) continue;
    if (!server.deletedTasks.has(plan.rows.task[row]!))
      wrong.push(`${when}: row ${row} is ${state} after ${calls} calls without an answer.`);
  }
  return wrong;
}

function add<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Number of our annotations on the server beyond one for each row. */
export function copiesAmong(stored: Stored[], plan: Plan, contentOf: (entry: number) => number): number {
  const rows = new Map<string, number>();
  for (let row = 0; row < plan.rows.count; row += 1) {
    const key = `${plan.rows.task[row]} ${contentOf(plan.rows.entry[row]!)}`;
    rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  let copies = 0;
  for (const { task, content } of stored) {
    const left = rows.get(`${task} ${content}`);
    if (left === 0) copies += 1;
    else if (left !== undefined) rows.set(`${task} ${content}`, left - 1);
  }
  return copies;
}

/** Checks what was sent, and what was concluded from which reads. */
export function journalFaults(
  { plan, events }: Run,
  { stored, server, contentOf, timeLimitMs }: Truth,
): string[] {
  const wrong: string[] = [];
  const groupOf = groupOfRows(plan);
  const calls = new Map<number, Call>();
  const callsOfRow = new Map<number, number[]>();
  /** Since when a call counts as settled. */
  const since = new Map<number, number>();
  /** When a person asked to send a row again. */
  const askedFor = new Map<number, number[]>();
  for (const event of events) {
    if (event.type === 'call-sent') {
      calls.set(event.call.id, event.call);
      since.set(event.call.id, Infinity);
      for (const row of event.call.rows) add(callsOfRow, row, event.call.id);
    } else if (event.type === 'call-not-processed') since.delete(event.call);
    else if (event.type === 'call-answered' || event.type === 'call-refused') since.set(event.call, event.at);
    else if (event.type === 'call-unconfirmed')
      since.set(event.call, calls.get(event.call)!.sentAt + timeLimitMs);
    else if (event.type === 'queued' && event.why === 'asked-for')
      for (const row of event.rows) add(askedFor, row, event.at);
    else if (event.type === 'not-found')
      for (const row of event.rows) {
        const from = since.get(callsOfRow.get(row)!.findLast((call) => since.has(call))!)!;
        const task = plan.rows.task[row]!;
        const reads = server.reads.filter(
          (read) => read.at >= from && read.at <= event.at && read.tasks.has(task),
        );
        if (reads.length < 2)
          wrong.push(`Row ${row} is not found after ${reads.length} reads once its call had settled.`);
      }
  }

  const rowsOfKey = new Map<string, number[]>();
  for (let row = 0; row < plan.rows.count; row += 1) {
    add(rowsOfKey, `${plan.rows.task[row]} ${contentOf(plan.rows.entry[row]!)}`, row);
  }
  for (const [key, rows] of rowsOfKey) {
    const [row] = rows as [number];
    // Identical rows can’t be distinguished on the server.
    if (rows.length > 1 || groupOf[row]! < 0) continue;
    if (proofOfGroup(plan.groups, groupOf[row]!) === 'unique-id') continue;
    // A prediction becomes one annotation, however often it is requested.
    if (routeOfGroup(plan.groups, groupOf[row]!) === 'staged') {
      const [task, content] = key.split(' ').map(Number) as [number, number];
      const ours = stored.filter((one) => one.task === task && one.content === content);
      if (ours.length > 1 && !askedFor.has(row))
        wrong.push(`Staged row ${row} has ${ours.length} annotations.`);
      continue;
    }
    const [task, content] = key.split(' ').map(Number) as [number, number];
    const sent = server.posted.filter((one) => one.content === content && one.tasks.includes(task));
    sent.forEach((one, index) => {
      const before = sent[index - 1];
      if (!before || before.isRefused) return;
      const isAskedFor = askedFor.get(row)?.some((at) => at >= before.at && at <= one.at) ?? false;
      if (!isAskedFor)
        wrong.push(`Row ${row} was sent again although its first call may have been carried out.`);
    });
  }
  return wrong;
}
