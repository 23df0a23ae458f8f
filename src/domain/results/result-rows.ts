import { annotationsOf, rowStates, stateOf, type Account, type RowState } from './account.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { summariseResult } from '#domain/plan/entry-summary.ts';
import { bodyOf, groupOfRows } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { escapeFormula } from '#domain/text/escape-formula.ts';

/** Which rows of an account are shown in which order. */
export interface RowQuery {
  sort: { by: 'source' | 'task' | 'annotation' | 'entry' | 'state'; descending: boolean };
  /** Only rows in these states; empty means all. */
  states: RowState[];
  /** Only rows whose task or annotation ID contains these digits. */
  search: string;
  /** Only rows with this reason, ignoring numbers. */
  reason?: string | undefined;
}

/** One line of the results table. */
export interface ResultRow {
  /** The row's number in the source, from 0. */
  row: number;
  entry: number;
  task: number;
  project: number;
  state: RowState;
  /** Set for a missing row: when it was last looked for. */
  notFoundAt?: number;
  /** The labels in short; undefined for a row that isn’t sent. */
  label?: string;
  /** Annotation IDs as read back: several if duplicated, none if not created. */
  annotations: number[];
  /** Why it is skipped, refused, not sent or unknown. */
  reason?: string;
  /** Opens the task in Label Studio. */
  link?: string;
}

/** The matching rows in the query’s order; the sort is stable. */
export function selectRows(plan: Plan, account: Account, query: RowQuery): Uint32Array {
  const { rows } = plan;
  const wanted = new Set(query.states.map((state) => rowStates.indexOf(state)));
  const search = query.search.trim();
  const kind = query.reason === undefined ? undefined : kindOfReason(query.reason);
  const found: number[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    if (wanted.size > 0 && !wanted.has(account.state[row]!)) continue;
    if (kind !== undefined && kindOfReason(account.reason.get(row) ?? '') !== kind) continue;
    if (search !== '' && !matchesSearch(plan, account, row, search)) continue;
    found.push(row);
  }
  const sorted = Uint32Array.from(found);
  const column = columnOf(plan, account, query.sort.by);
  const direction = query.sort.descending ? -1 : 1;
  if (column) sorted.sort((one, other) => (column[one]! - column[other]!) * direction || one - other);
  else if (query.sort.descending) sorted.reverse();
  return sorted;
}

export function resultRow(plan: Plan, account: Account, row: number, linkBase: string): ResultRow {
  const entry = plan.rows.entry[row]!;
  const task = plan.rows.task[row]!;
  const project = plan.projects[entry]!;
  const annotations = annotationsOf(account, row);
  const reason = account.reason.get(row);
  const label = labelOf(plan, row);
  const notFoundAt = account.notFoundAt?.get(row);
  return {
    row,
    entry,
    task,
    project,
    state: stateOf(account, row),
    ...(notFoundAt !== undefined && { notFoundAt }),
    annotations,
    ...(label !== undefined && { label }),
    ...(reason !== undefined && { reason }),
    link: linkTo(linkBase, project, task, annotations[0]),
  };
}

/** Equal for reasons that differ only in numbers. */
export const kindOfReason = (reason: string): string => reason.replaceAll(/\d+/g, '#');

/** The groups of all rows, by plan. */
const knownGroups = new WeakMap<Plan, Int32Array>();

/** The group of a row; undefined if it isn’t sent. */
export function groupOf(plan: Plan, row: number): number | undefined {
  let known = knownGroups.get(plan);
  if (!known) knownGroups.set(plan, (known = groupOfRows(plan)));
  const group = known[row]!;
  return group < 0 ? undefined : group;
}

/** Labels by group, cached on demand; one body may stand for a million rows. */
const knownLabels = new WeakMap<Plan, Map<number, string>>();

/** Maximum number of bodies with cached labels. */
const maxLabels = 10_000;

function labelOf(plan: Plan, row: number): string | undefined {
  const group = groupOf(plan, row);
  if (group === undefined) return undefined;
  let labels = knownLabels.get(plan);
  if (!labels) knownLabels.set(plan, (labels = new Map()));
  let label = labels.get(group);
  if (label === undefined) {
    label = summariseResult(bodyOf(plan.groups, group));
    if (labels.size >= maxLabels) labels.clear();
    labels.set(group, label);
  }
  return label;
}

/** `#setTask` and `handlePopState` of Label Studio's Data Manager (stores/AppStore.js) read these two parameters. */
export function linkTo(linkBase: string, project: number, task: number, annotation?: number): string {
  const link = `${linkBase}/projects/${project}/data?task=${task}`;
  return annotation === undefined ? link : `${link}&annotation=${annotation}`;
}

const csvColumns = [
  'row',
  'request',
  'project',
  'task',
  'annotation',
  'state',
  'reason',
  'link',
  'label',
  'not_found_at',
];

/** One line for each annotation below a header; RFC 4180 with CRLF. Rows and requests count from 1. */
export function* csvOf(
  plan: Plan,
  account: Account,
  rows: Iterable<number>,
  linkBase: string,
): Generator<string> {
  yield `${csvColumns.join(',')}\r\n`;
  for (const row of rows) {
    const { entry, project, task, label, annotations, state, reason, notFoundAt } = resultRow(
      plan,
      account,
      row,
      linkBase,
    );
    for (const annotation of annotations.length === 0 ? [undefined] : annotations) {
      const link = linkTo(linkBase, project, task, annotation);
      const cells = [
        row + 1,
        entry + 1,
        project,
        task,
        annotation ?? '',
        state,
        reason ?? '',
        link,
        label ?? '',
        isoTime(notFoundAt) ?? '',
      ];
      yield `${cells.map(csvCell).join(',')}\r\n`;
    }
  }
}

export function* jsonOf(
  plan: Plan,
  account: Account,
  rows: Iterable<number>,
  linkBase: string,
): Generator<string> {
  let separator = '[\n';
  for (const row of rows) {
    const { entry, notFoundAt, ...rest } = resultRow(plan, account, row, linkBase);
    const result = { ...rest, row: row + 1, request: entry + 1, notFoundAt: isoTime(notFoundAt) };
    yield separator + JSON.stringify(result);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const isoTime = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/** The annotation IDs, one per line. */
export function* idsOf(account: Account, rows: Iterable<number>): Generator<string> {
  for (const row of rows) for (const id of annotationsOf(account, row)) yield `${id}\n`;
}

function csvCell(value: string | number): string {
  return typeof value === 'number' ? String(value) : quoted(escapeFormula(value), ',');
}

function matchesSearch(plan: Plan, account: Account, row: number, search: string): boolean {
  if (String(plan.rows.task[row]!).includes(search)) return true;
  return annotationsOf(account, row).some((id) => String(id).includes(search));
}

function columnOf(plan: Plan, account: Account, by: RowQuery['sort']['by']): ArrayLike<number> | undefined {
  switch (by) {
    case 'source':
      return undefined;
    case 'task':
      return plan.rows.task;
    case 'annotation':
      return account.annotation;
    case 'entry':
      return plan.rows.entry;
    case 'state':
      return account.state;
  }
}
