import { isJsonObject, type Json } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { Plan } from './plan.ts';
import { saysOf } from './entry-summary.ts';
import { shortTaskRanges } from '#domain/requests/task-ranges.ts';

/** A plan as the review shows it, small enough to cross to the screen whatever its size. */
export interface PlanView {
  id: string;
  server: string;
  user: string;
  route: { name: string; title: string; why: string };
  rows: number;
  skipped: number;
  calls: number;
  tasks: number;
  projects: { id: number; title: string; rows: number }[];
  /** How many groups of rows that differ only in their task; `groupsOfPlan` gives them. */
  groupCount: number;
  /** How many rows the largest of them has. */
  largestGroup: number;
  /** Rows left out, with the reason; the first hundred, `skipped` counts all. */
  skips: { entry: number; task: number; reason: string }[];
  /** What has mistakes and so is in no plan, and what it is called: the batch's own parts. */
  leftOut: { entries: number; are: 'request' | 'row' };
  /** What else the run will change or could surprise with: ground truths that are cleared, selections of all tasks. */
  effects: string[];
  /** A request is sent with a selection as it stands that means every task: wants a typed confirmation. */
  wholeProject: boolean;
  /** True where at least one request has a selection, so that sending it as it stands is a choice. */
  hasSelection: boolean;
  /** Rough, from what one call was measured to cost; in seconds. */
  estimateSeconds: number;
}

export interface GroupView {
  entry: number;
  project: number;
  rows: number;
  calls: number;
  /** Ranges, shortened. */
  tasks: string;
  says: string;
}

/** What the plan itself does not know. */
export interface PlanSurroundings {
  server: string;
  user: string;
  route: PlanView['route'] & { takesSelections: boolean; secondsPerCall: number; callsInFlight: number };
  titles: ReadonlyMap<number, string>;
  /** Projects whose config the bulk endpoint is not documented for. */
  unsuitable: ReadonlySet<number>;
  leftOut: PlanView['leftOut'];
}

const maxSkips = 100;

export function viewOfPlan(plan: Plan, around: PlanSurroundings): PlanView {
  const { rows, entries, groups, skips } = plan;
  const rowsOfProject = new Map<number, number>();
  const tasks = new Set<number>();
  for (const { entry, rows: members } of groups) {
    const project = plan.projects[entry]!;
    rowsOfProject.set(project, (rowsOfProject.get(project) ?? 0) + members.length);
    for (const row of members) tasks.add(rows.task[row]!);
  }

  const { name, title, why, takesSelections, secondsPerCall, callsInFlight } = around.route;
  return {
    id: plan.id,
    server: around.server,
    user: around.user,
    route: { name, title, why },
    rows: rows.count,
    skipped: skips.size,
    calls: plan.calls.length,
    tasks: tasks.size,
    projects: [...rowsOfProject].map(([id, sent]) => ({
      id,
      title: around.titles.get(id) ?? `Project ${id}`,
      rows: sent,
    })),
    groupCount: groups.length,
    largestGroup: groups.reduce((most, group) => Math.max(most, group.rows.length), 0),
    skips: [...skips]
      .slice(0, maxSkips)
      .map(([row, reason]) => ({ entry: rows.entry[row]!, task: rows.task[row]!, reason })),
    leftOut: around.leftOut,
    effects: effectsOf(plan, around.unsuitable),
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
    says: saysOf(entries.at(entry)),
  }));
}

function effectsOf(plan: Plan, unsuitable: ReadonlySet<number>): string[] {
  const { entries, groups } = plan;
  const rowsWhere = (holds: (group: Plan['groups'][number]) => boolean): number =>
    groups.filter(holds).reduce((sum, { rows }) => sum + rows.length, 0);

  const groundTruths = rowsWhere(({ entry }) => valueOf(entries.at(entry), 'ground_truth') === true);
  const forOthers = rowsWhere(
    ({ entry }) => (valueOf(entries.at(entry), 'completed_by') ?? plan.author) !== plan.author,
  );
  const alreadyAsked = new Set<number>();
  const again = new Set<number>();
  for (const { rows } of groups)
    for (const row of rows) {
      const task = plan.rows.task[row]!;
      (alreadyAsked.has(task) ? again : alreadyAsked).add(task);
    }

  const effects: string[] = [];
  if (groundTruths > 0)
    effects.push(
      `${count(groundTruths, 'task')} ${groundTruths === 1 ? 'gets' : 'get'} a ground truth; any other ground truth there is cleared.`,
    );
  if (again.size > 0)
    effects.push(
      `${count(again.size, 'task')} ${again.size === 1 ? 'gets' : 'get'} more than one annotation from this batch.`,
    );
  if (forOthers > 0)
    effects.push(`${count(forOthers, 'annotation')} will bear another author: completed_by is set.`);
  for (const project of unsuitable)
    effects.push(
      `The labelling config of project ${project} holds controls that bulk labelling is not documented for. The endpoint may refuse them.`,
    );
  return effects;
}

function hasSelection(entries: Entries): boolean {
  return Array.from(entries.firsts).some((first) => valueOf(entries.at(first), 'selected_items') !== null);
}

function valueOf(entry: Json | undefined, field: string): Json {
  return isJsonObject(entry) ? (entry[field] ?? null) : null;
}
