import { isJsonObject } from '#wire/json/json.ts';
import { labelsHash } from '#wire/hash/labels-hash.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { count } from '#wire/text/figures.ts';
import { firstTasksPerCall, type PassedOver, type Plan } from './plan.ts';
import { bodyOf, groupsWithText, routeOfGroup, rowsOfGroup, selectionOfGroup } from './planned-groups.ts';
import { summariseResult } from './entry-summary.ts';
import { shortTaskRanges } from '#domain/requests/task-ranges.ts';

/** A plan as the review shows it, small enough to send to the screen. */
export interface PlanView {
  id: string;
  server: string;
  user: string;
  /** The routes in use, with their rows. Empty in views of an earlier version. */
  routes: RouteView[];
  /** Rows that could use a faster route without their `lead_time`. */
  slowedByLeadTime: number;
  rows: number;
  skipped: number;
  calls: number;
  tasks: number;
  projects: { id: number; title: string; rows: number }[];
  /** The number of groups; `groupsOfPlan` gives them. */
  groupCount: number;
  /** Rows of the largest group. */
  largestGroup: number;
  /** Entries with errors, which aren’t in the plan, and the source’s name for an entry. */
  withErrors: { entries: number; unit: 'request' | 'row' };
  /** Runs of this browser that sent some rows of this batch. */
  sentBefore: { id: string; fileName: string | undefined; startedAt: number; rows: number }[];
  /** Tasks that get several annotations from this batch. */
  repeatedTasks: number;
  /** Rows that mark their annotation as ground truth. */
  groundTruths: number;
  /** Other side effects, as sentences. */
  effects: string[];
  /** True if the server resolves a selection of every task, which needs a typed confirmation. */
  wholeProject: boolean;
  /** True if a request has a selection that the server could resolve itself. */
  hasSelection: boolean;
  /** A rough estimate from the measured time of one call. */
  estimateSeconds: number;
}

/** A route of a plan, as technical details. */
export interface RouteView {
  title: string;
  reason: string;
  rows: number;
  calls: number;
  sideEffects: string[];
  /** Why its rows can’t use a faster route. */
  passedOver: { reason: string; rows: number }[];
}

/** A field with different values in the requests. */
export interface Difference {
  field: string;
  values: number;
}

export interface GroupView {
  entry: number;
  project: number;
  rows: number;
  /** Undefined if its rows share calls with other groups. */
  calls: number | undefined;
  /** Shortened ranges. */
  tasks: string;
  summary: string;
}

/** What a plan view needs beyond the plan. */
export interface PlanContext {
  server: string;
  user: string;
  routeOf(name: string): RouteFacts;
  passedOver: readonly PassedOver[];
  /** True if a request has a selection that the server could resolve itself. */
  hasSelection: boolean;
  titles: ReadonlyMap<number, string>;
  /** Projects whose labelling config the bulk endpoint is not documented for. */
  unsupportedProjects: ReadonlySet<number>;
  withErrors: PlanView['withErrors'];
  sentBefore: PlanView['sentBefore'];
  /** How long the server takes to begin an answer, as seen so far. */
  latencySeconds: number;
  /** How long reading a row back takes, about. */
  readSecondsPerRow: number;
}

/** The facts about a route that a plan view needs. */
export interface RouteFacts {
  title: string;
  reason: string;
  sideEffects: string[];
  maxTasksPerCall: number;
  secondsPerCall: number;
  secondsPerRow: number;
  callsInFlight: number;
  /** If rows are staged, two calls contain rows of any groups. */
  staging?: unknown;
}

/** Maximum number of projects named in warnings. */
const maxProjects = 10;

export function viewOfPlan(plan: Plan, context: PlanContext): PlanView {
  const { rows, groups, skips } = plan;
  const rowsOfProject = new Map<number, number>();
  let largestGroup = 0;
  for (let group = 0; group < groups.count; group += 1) {
    const members = rowsOfGroup(groups, group);
    const project = plan.projects[groups.entry[group]!]!;
    rowsOfProject.set(project, (rowsOfProject.get(project) ?? 0) + members.length);
    largestGroup = Math.max(largestGroup, members.length);
  }
  const routes = routesOf(plan, context);
  const calls = routes.reduce((sum, { view }) => sum + view.calls, 0);

  return {
    id: plan.id,
    server: context.server,
    user: context.user,
    routes: routes.map(({ view }) => view),
    slowedByLeadTime: context.passedOver.reduce(
      (sum, { forLeadTime, rows: some }) => sum + (forLeadTime ? some : 0),
      0,
    ),
    rows: rows.count,
    skipped: skips.size,
    calls,
    projects: [...rowsOfProject].map(([id, sent]) => ({
      id,
      title: context.titles.get(id) ?? `Project ${id}`,
      rows: sent,
    })),
    groupCount: groups.count,
    largestGroup,
    withErrors: context.withErrors,
    sentBefore: context.sentBefore,
    ...effectsOf(plan, context),
    wholeProject: [...groups.selections.keys()].some((group) => {
      const selection = selectionOfGroup(groups, group);
      return isJsonObject(selection) && selection['all'] === true;
    }),
    hasSelection: context.hasSelection,
    estimateSeconds: Math.ceil(
      routes.reduce((sum, { seconds }) => sum + seconds, groups.order.length * context.readSecondsPerRow),
    ),
  };
}

/** The routes of a plan with their approximate time. */
function routesOf(plan: Plan, context: PlanContext): { view: RouteView; seconds: number }[] {
  const { groups } = plan;
  return groups.routes.map((name, index) => {
    const { title, reason, sideEffects, staging, maxTasksPerCall, ...pace } = context.routeOf(name);
    let rows = 0;
    let calls = 0;
    /** Calls grow while answers come fast. */
    let fewestCalls = 0;
    for (let group = 0; group < groups.count; group += 1) {
      if (groups.route[group] !== index) continue;
      rows += rowsOfGroup(groups, group).length;
      calls += callsOf(plan, group, Math.min(maxTasksPerCall, firstTasksPerCall));
      fewestCalls += callsOf(plan, group, maxTasksPerCall);
    }
    if (staging !== undefined) calls = fewestCalls = 2 * Math.ceil(rows / maxTasksPerCall);
    const secondsPerCall = pace.secondsPerCall + context.latencySeconds;
    const seconds = (fewestCalls * secondsPerCall + rows * pace.secondsPerRow) / pace.callsInFlight;
    const passedOver = index < groups.routes.length - 1 ? [] : passedOverReasons(context.passedOver);
    return { view: { title, reason, sideEffects, rows, calls, passedOver }, seconds };
  });
}

/** The most frequent reasons why rows use the last route. */
function passedOverReasons(passedOver: readonly PassedOver[]): RouteView['passedOver'] {
  const rowsOf = new Map<string, number>();
  for (const { reason, rows } of passedOver) rowsOf.set(reason, (rowsOf.get(reason) ?? 0) + rows);
  const reasons = Array.from(rowsOf, ([reason, rows]) => ({ reason, rows }));
  return reasons.toSorted((one, other) => other.rows - one.rows).slice(0, maxReasons);
}

/** Maximum number of listed reasons. */
const maxReasons = 5;

/** Groups `from` ≤ group < `to`, in source order. */
export function groupsOfPlan(
  plan: Plan,
  from: number,
  to: number,
  routeOf: (name: string) => Pick<RouteFacts, 'maxTasksPerCall' | 'staging'> | undefined,
): GroupView[] {
  const { rows, groups } = plan;
  const length = Math.max(0, Math.min(to, groups.count) - from);
  const callsOfRoute = (group: number): number | undefined => {
    const route = routeOf(routeOfGroup(groups, group));
    return route?.staging === undefined
      ? callsOf(plan, group, Math.min(route?.maxTasksPerCall ?? 1, firstTasksPerCall))
      : undefined;
  };
  return Array.from({ length }, (_, index) => {
    const group = from + index;
    const entry = groups.entry[group]!;
    const members = rowsOfGroup(groups, group);
    return {
      entry,
      project: plan.projects[entry]!,
      rows: members.length,
      calls: callsOfRoute(group),
      tasks: shortTaskRanges(Array.from(members, (row) => rows.task[row]!)),
      summary: summariseResult(bodyOf(groups, group)),
    };
  });
}

/** The number of calls for a group; a selection takes one. */
function callsOf({ groups }: Plan, group: number, tasksPerCall: number): number {
  return groups.selections.has(group) ? 1 : Math.ceil(rowsOfGroup(groups, group).length / tasksPerCall);
}

function effectsOf(
  plan: Plan,
  context: PlanContext,
): Pick<PlanView, 'tasks' | 'repeatedTasks' | 'groundTruths' | 'effects'> {
  const { groups } = plan;
  let groundTruths = 0;
  let forOtherUsers = 0;
  const seen = new Set<number>();
  const repeated = new Set<number>();
  for (let group = 0; group < groups.count; group += 1) {
    for (const row of rowsOfGroup(groups, group)) {
      const task = plan.rows.task[row]!;
      if (seen.has(task)) repeated.add(task);
      else seen.add(task);
    }
  }
  // Of 100,000 bodies, reading each takes half a second; few have one of these fields.
  for (const group of groupsWithText(groups, /"(ground_truth|completed_by)"/)) {
    const { length } = rowsOfGroup(groups, group);
    const body = bodyOf(groups, group);
    if (body['ground_truth'] === true) groundTruths += length;
    if ((body['completed_by'] ?? plan.server.user) !== plan.server.user) forOtherUsers += length;
  }

  const effects: string[] = [];
  if (forOtherUsers > 0)
    effects.push(`${count(forOtherUsers, 'annotation')} will be attributed to another user.`);
  const unsupported = [...context.unsupportedProjects];
  for (const project of unsupported.slice(0, maxProjects))
    effects.push(
      `${context.titles.get(project) ?? `Project ${project}`} has controls that aren’t documented for bulk labelling. The server may refuse them.`,
    );
  if (unsupported.length > maxProjects)
    effects.push(`So have ${count(unsupported.length - maxProjects, 'more project')}.`);
  return { tasks: seen.size, repeatedTasks: repeated.size, groundTruths, effects };
}

/** Maximum number of compared fields; more than a request has. */
const maxDifferences = 20;

/** Why rows can’t share a call; the field with the most values comes first. */
export function differencesOf({ groups }: Plan): Difference[] {
  if (groups.count < 2) return [];
  const values = new Map<string, Set<number>>();
  const groupsWith = new Map<string, number>();
  for (let group = 0; group < groups.count; group += 1) {
    const { result, ...others } = bodyOf(groups, group);
    const hashes: [string, number][] = [
      ['result', labelsHash(result, false)],
      ...Object.entries(others).map(([field, value]): [string, number] => [field, stableHash(value)]),
    ];
    for (const [field, hash] of hashes) {
      const known = values.get(field);
      if (!known && values.size >= maxDifferences) continue;
      values.set(field, (known ?? new Set()).add(hash));
      groupsWith.set(field, (groupsWith.get(field) ?? 0) + 1);
    }
  }
  return (
    [...values]
      // A request without the field differs from those with it.
      .map(([field, some]) => ({
        field,
        values: some.size + (groupsWith.get(field) === groups.count ? 0 : 1),
      }))
      .filter((field) => field.values > 1)
      .toSorted((one, other) => other.values - one.values)
  );
}
