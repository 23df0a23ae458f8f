import { isJsonObject, type Json } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { Plan } from './plan.ts';
import { summariseResult } from './entry-summary.ts';
import { shortTaskRanges } from '#domain/requests/task-ranges.ts';

/** A plan as the review shows it, small enough to send to the screen. */
export interface PlanView {
  id: string;
  server: string;
  user: string;
  route: { name: string; title: string; reason: string };
  rows: number;
  skipped: number;
  calls: number;
  tasks: number;
  projects: { id: number; title: string; rows: number }[];
  /** The number of groups; `groupsOfPlan` gives them. */
  groupCount: number;
  /** Rows of the largest group. */
  largestGroup: number;
  /** Skipped rows with the reason: the first hundred; `skipped` counts all. */
  skips: { entry: number; task: number; reason: string }[];
  /** Entries with errors, which are not in the plan, and what the source calls an entry. */
  withErrors: { entries: number; unit: 'request' | 'row' };
  /** Other changes and surprises: ground truths that are replaced, tasks with several annotations. */
  effects: string[];
  /** True if the server resolves a selection of every task: this wants a typed confirmation. */
  wholeProject: boolean;
  /** True if a request has a selection that the server could resolve itself. */
  hasSelection: boolean;
  /** A rough estimate from the measured time of one call. */
  estimateSeconds: number;
}

export interface GroupView {
  entry: number;
  project: number;
  rows: number;
  calls: number;
  /** Shortened ranges. */
  tasks: string;
  summary: string;
}

/** What a plan view needs beyond the plan. */
export interface PlanContext {
  server: string;
  user: string;
  route: PlanView['route'] & { takesSelections: boolean; secondsPerCall: number; callsInFlight: number };
  titles: ReadonlyMap<number, string>;
  /** Projects whose labelling config the bulk endpoint is not documented for. */
  unsupportedProjects: ReadonlySet<number>;
  withErrors: PlanView['withErrors'];
}

const maxSkips = 100;
/** Projects that are named in warnings. */
const maxProjects = 10;

export function viewOfPlan(plan: Plan, context: PlanContext): PlanView {
  const { rows, entries, groups, skips } = plan;
  const rowsOfProject = new Map<number, number>();
  const tasks = new Set<number>();
  for (const { entry, rows: members } of groups) {
    const project = plan.projects[entry]!;
    rowsOfProject.set(project, (rowsOfProject.get(project) ?? 0) + members.length);
    for (const row of members) tasks.add(rows.task[row]!);
  }

  const { name, title, reason, takesSelections, secondsPerCall, callsInFlight } = context.route;
  return {
    id: plan.id,
    server: context.server,
    user: context.user,
    route: { name, title, reason },
    rows: rows.count,
    skipped: skips.size,
    calls: plan.calls.length,
    tasks: tasks.size,
    projects: [...rowsOfProject].map(([id, sent]) => ({
      id,
      title: context.titles.get(id) ?? `Project ${id}`,
      rows: sent,
    })),
    groupCount: groups.length,
    largestGroup: groups.reduce((most, group) => Math.max(most, group.rows.length), 0),
    skips: [...skips]
      .slice(0, maxSkips)
      .map(([row, reason]) => ({ entry: rows.entry[row]!, task: rows.task[row]!, reason })),
    withErrors: context.withErrors,
    effects: effectsOf(plan, context),
    wholeProject: groups.some(({ selection }) => isJsonObject(selection) && selection['all'] === true),
    hasSelection: takesSelections && hasSelection(entries),
    estimateSeconds: Math.ceil((plan.calls.length * secondsPerCall) / callsInFlight),
  };
}

/** Groups `from` ≤ group < `to`, in the order of the source. */
export function groupsOfPlan(plan: Plan, from: number, to: number): GroupView[] {
  const { rows, entries, groups } = plan;
  const callsOf = new Uint32Array(groups.length);
  for (const { group } of plan.calls) callsOf[group]! += 1;
  return groups.slice(from, to).map(({ entry, rows: members }, index) => ({
    entry,
    project: plan.projects[entry]!,
    rows: members.length,
    calls: callsOf[from + index]!,
    tasks: shortTaskRanges(Array.from(members, (row) => rows.task[row]!)),
    summary: summariseResult(entries.at(entry)),
  }));
}

function effectsOf(plan: Plan, context: PlanContext): string[] {
  const { entries, groups } = plan;
  const rowsWhere = (holds: (group: Plan['groups'][number]) => boolean): number =>
    groups.filter(holds).reduce((sum, { rows }) => sum + rows.length, 0);

  const groundTruths = rowsWhere(({ entry }) => valueOf(entries.at(entry), 'ground_truth') === true);
  const forOtherUsers = rowsWhere(
    ({ entry }) => (valueOf(entries.at(entry), 'completed_by') ?? plan.author) !== plan.author,
  );
  const seen = new Set<number>();
  const repeated = new Set<number>();
  for (const { rows } of groups)
    for (const row of rows) {
      const task = plan.rows.task[row]!;
      (seen.has(task) ? repeated : seen).add(task);
    }

  const effects: string[] = [];
  if (groundTruths > 0)
    effects.push(
      `${count(groundTruths, 'task')} ${groundTruths === 1 ? 'gets' : 'get'} a ground truth, which replaces any other on the task.`,
    );
  if (repeated.size > 0)
    effects.push(
      `${count(repeated.size, 'task')} ${repeated.size === 1 ? 'gets' : 'get'} several annotations from this batch.`,
    );
  if (forOtherUsers > 0)
    effects.push(`${count(forOtherUsers, 'annotation')} will be attributed to another user.`);
  const unsupported = [...context.unsupportedProjects];
  for (const project of unsupported.slice(0, maxProjects))
    effects.push(
      `${context.titles.get(project) ?? `Project ${project}`} has controls that aren’t documented for bulk labelling. The server may refuse them.`,
    );
  if (unsupported.length > maxProjects)
    effects.push(`So have ${count(unsupported.length - maxProjects, 'more project')}.`);
  return effects;
}

function hasSelection(entries: Entries): boolean {
  return Array.from(entries.firsts).some((first) => valueOf(entries.at(first), 'selected_items') !== null);
}

function valueOf(entry: Json | undefined, field: string): Json {
  return isJsonObject(entry) ? (entry[field] ?? null) : null;
}
