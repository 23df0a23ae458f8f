import { writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { canCarryMarker } from '#domain/requests/marker.ts';
import { groupBody } from '#domain/requests/request-bodies.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { BodyWriter, bytesBetween } from './bodies.ts';
import { groupRows, type RowGroups } from './groups.ts';
import { markerOf, proofs, type PlannedGroups, type ProofKind } from './planned-groups.ts';
import { PlanMemory, type RouteFit } from './plan-memory.ts';
import type { Rows } from './rows.ts';

/** The version of the stored form. Plans of later versions are listed, but can’t be opened. */
export const planFormat = 4;
/** The versions that `openPlan` accepts. */
export const readableFormats: readonly unknown[] = [2, 3, planFormat];

/** The size of the first calls, if their route allows it. */
export const firstTasksPerCall = 100;

/** Exactly what will be sent, as data: a resumed run never parses its source again. */
export interface Plan {
  format: number;
  /** A UUID. */
  id: string;
  /** The prefix of all markers of the run: letters, digits and `-`. */
  tag: string;
  createdAt: number;
  server: PlannedServer;
  rows: Rows;
  /** The project of each entry of the source. */
  projects: Float64Array;
  groups: PlannedGroups;
  /** Rows that aren’t sent, with the reason. */
  skips: Map<number, string>;
}

/** The server of a plan, independent of how it is reached. A run is resumed only if all of it is the same. */
export interface PlannedServer {
  /** The address for people, without a final slash. */
  address: string;
  /** The token’s user, who owns the annotations of requests without `completed_by`. */
  user: number;
  organisation: number | undefined;
  /** Set for a sandbox, which has fresh data at each boot. */
  boot: string | undefined;
  /** When each project was created: a later project may have the same ID on a new server. */
  projects: Map<number, string>;
  /** A hash of each project’s labelling config; undefined in plans of earlier versions. */
  labels?: Map<number, number>;
}

/** How the rows of a group are sent. */
export interface PlannedRoute {
  name: string;
  /** What proves a row of such a request; `isMarked` if its regions have the marker. */
  proofOf(request: JsonObject, isMarked: boolean): ProofKind;
  /** Why a request can’t be sent like this; undefined if it can. `me` is the token’s user. */
  unsupportedReason(request: JsonObject, me: number): string | undefined;
}

/** Rows that don’t use the better route, and why. */
export interface PassedOver {
  route: string;
  rows: number;
  reason: string;
  /** True if they would without their `lead_time`. */
  forLeadTime: boolean;
}

export interface PlanInput {
  id: string;
  tag: string;
  createdAt: number;
  server: PlannedServer;
  entries: Entries;
  rows: Rows;
  projects: Float64Array;
  /** In order of preference; the last one takes every request. */
  routes: readonly PlannedRoute[];
  /** Why a route isn’t used for this many rows of a project. The last one is always available. */
  avoids?: (route: string, project: number, rows: number) => string | undefined;
  onPassedOver?: (passedOver: PassedOver) => void;
  /** Fields of the source that aren’t sent. */
  omit?: readonly string[];
  /** Why a row isn’t sent; undefined if it is. `content` is a hash of its content, as in `PlannedGroups`. */
  skip: (row: number, content: number) => string | undefined;
  /** The selection of an entry that the server should resolve. */
  selectionAsIs: (entry: number) => Json | undefined;
  /** Shared by plans that differ only in ID, tag, time and skipped rows. */
  memory?: PlanMemory | undefined;
}

/** Makes the plan. Every row is either in exactly one group or skipped. */
export function planRun(input: PlanInput): Plan {
  const { id, tag, createdAt, server, entries, rows, projects, omit = [], memory = new PlanMemory() } = input;
  const all = memory.rowGroups(() => groupRows(rows, entries));
  const kept = new KeptRows(all, input.skip);
  const contents = new Float64Array(all.count);
  const selections: PlannedGroups['selections'] = new Map();
  const bodies = new BodyWriter();
  const choice = new RouteChoice(input);
  for (let rowGroup = 0; rowGroup < all.count; rowGroup += 1) {
    const entry = all.entry[rowGroup]!;
    // Read once at most: the texts of 100,000 requests wait for a collection of garbage.
    let read: JsonObject | undefined;
    const request = (): JsonObject => (read ??= entries.at(entry) as JsonObject);
    const content = memory.contentOf(rowGroup, () => stableHash(groupBody(request(), 'same')));
    const group = kept.count;
    const size = kept.add(rowGroup, content);
    if (size === 0) continue;
    contents[group] = content;
    const marker = markerOf(tag, group);
    const known = memory.fitOf(rowGroup);
    if (known) {
      memory.copyBody(rowGroup, marker, bodies);
      choice.add(known, projects[entry]!, size);
    } else {
      const sent = without(request(), omit);
      bodies.write(groupBody(sent, marker));
      choice.add(choice.fitOf(sent), projects[entry]!, size);
    }
    // A selection creates one annotation on each of its tasks: second rows go by ID, and so do all once one is skipped.
    const isWhole = size === all.starts[rowGroup + 1]! - all.starts[rowGroup]!;
    const selection = isWhole && all.repeat[rowGroup] === 0 ? input.selectionAsIs(entry) : undefined;
    if (selection !== undefined) selections.set(group, writeJson(selection));
  }
  const { count, madeOf, starts, order, skips } = kept.finish();
  const groups: PlannedGroups = {
    count,
    entry: madeOf.map((rowGroup) => all.entry[rowGroup]!),
    order,
    starts,
    contents: contents.slice(0, count),
    proofs: new Uint8Array(count),
    routes: [],
    route: new Uint8Array(count),
    selections,
    ...bodies.finish(),
  };
  choice.decide(groups, projects);
  memory.keep({ tag, groups, madeOf, fits: choice.fits });
  return { format: planFormat, id, tag, createdAt, server, rows, projects, groups, skips };
}

/** Collects the rows that are sent, and the groups of rows that have any. */
class KeptRows {
  /** The number of groups so far. */
  count = 0;
  private end = 0;
  private readonly skips: Plan['skips'] = new Map();
  private readonly madeOf: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly order: Uint32Array;
  private readonly all: RowGroups;
  private readonly skip: PlanInput['skip'];

  constructor(all: RowGroups, skip: PlanInput['skip']) {
    this.all = all;
    this.skip = skip;
    this.madeOf = new Uint32Array(all.count);
    this.starts = new Uint32Array(all.count + 1);
    this.order = new Uint32Array(all.order.length);
  }

  /** Adds the rows of a group that are sent; returns how many. */
  add(rowGroup: number, content: number): number {
    const { all, skips, order } = this;
    const start = this.end;
    for (let at = all.starts[rowGroup]!; at < all.starts[rowGroup + 1]!; at += 1) {
      const row = all.order[at]!;
      const reason = this.skip(row, content);
      if (reason === undefined) order[this.end++] = row;
      else skips.set(row, reason);
    }
    const size = this.end - start;
    if (size === 0) return 0;
    this.madeOf[this.count] = rowGroup;
    this.count += 1;
    this.starts[this.count] = this.end;
    return size;
  }

  finish() {
    const { count, skips } = this;
    return {
      count,
      madeOf: this.madeOf.slice(0, count),
      starts: this.starts.slice(0, count + 1),
      order: this.order.slice(0, this.end),
      skips,
    };
  }
}

/** Chooses a route for each group, once it is known how many rows each could take. */
class RouteChoice {
  private readonly input: PlanInput;
  /** Of all groups that were added. */
  readonly fits: RouteFit[] = [];
  /** Few differ, so each is kept once. */
  private readonly known = new Map<string, RouteFit>();
  /** Rows by project, then by the best route for them. */
  private readonly fitting = new Map<number, number[]>();
  /** Rows that could be sent like this. */
  private readonly rowsOf = new Map<RouteFit, number>();

  constructor(input: PlanInput) {
    this.input = input;
  }

  fitOf(request: JsonObject): RouteFit {
    const { routes, server } = this.input;
    const isMarked = canCarryMarker(request['result']);
    const last = routes.length - 1;
    const passedOver: RouteFit['passedOver'] = [];
    let best = 0;
    for (; best < last; best += 1) {
      const reason = routes[best]!.unsupportedReason(request, server.user);
      if (reason === undefined) break;
      const forLeadTime =
        (request['lead_time'] ?? null) !== null &&
        routes[best]!.unsupportedReason(without(request, ['lead_time']), server.user) === undefined;
      passedOver.push({ route: routes[best]!.name, reason, forLeadTime });
    }
    const fit = { best, proofs: routes.map((route) => route.proofOf(request, isMarked)), passedOver };
    const key = JSON.stringify(fit);
    if (!this.known.has(key)) this.known.set(key, fit);
    return this.known.get(key)!;
  }

  add(fit: RouteFit, project: number, rows: number): void {
    this.fits.push(fit);
    this.rowsOf.set(fit, (this.rowsOf.get(fit) ?? 0) + rows);
    let fitting = this.fitting.get(project);
    if (!fitting) this.fitting.set(project, (fitting = this.input.routes.map(() => 0)));
    fitting[fit.best]! += rows;
  }

  decide(groups: PlannedGroups, projects: Float64Array): void {
    const { routes, avoids, onPassedOver } = this.input;
    const last = routes.length - 1;
    for (const [{ passedOver }, rows] of this.rowsOf)
      for (const reason of passedOver) onPassedOver?.({ ...reason, rows });
    /** By project, then by the best route. */
    const chosen = new Map<number, number[]>();
    const isUsed = routes.map(() => false);
    for (const [project, fitting] of this.fitting)
      chosen.set(
        project,
        fitting.map((rows, best) => {
          if (rows === 0) return last;
          const route = routes[best]!.name;
          const reason = best < last ? avoids?.(route, project, rows) : undefined;
          if (reason !== undefined) onPassedOver?.({ route, rows, reason, forLeadTime: false });
          const taken = reason === undefined ? best : last;
          isUsed[taken] = true;
          return taken;
        }),
      );
    const used = [...routes.keys()].filter((index) => isUsed[index]);
    groups.routes = used.map((index) => routes[index]!.name);
    const numberOf = routes.map((_, index) => used.indexOf(index));
    for (let group = 0; group < groups.count; group += 1) {
      const fit = this.fits[group]!;
      const taken = chosen.get(projects[groups.entry[group]!]!)![fit.best]!;
      groups.route[group] = numberOf[taken]!;
      groups.proofs[group] = proofs.indexOf(fit.proofs[taken]!);
    }
  }
}

function without(request: JsonObject, fields: readonly string[]): JsonObject {
  if (!fields.some((field) => field in request)) return request;
  return Object.fromEntries(Object.entries(request).filter(([field]) => !fields.includes(field)));
}

/** A stored plan in today’s form; undefined if another version made it. */
export function openPlan(stored: Plan | OldPlan): Plan | undefined {
  if (!isOld(stored)) return stored.format === planFormat ? stored : undefined;
  const { bodies, bodyStarts, ...groups } = stored.groups;
  const writer = new BodyWriter();
  for (let group = 0; group < groups.count; group += 1)
    writer.copy(bytesBetween([bodies].flat(), bodyStarts[group]!, bodyStarts[group + 1]!));
  return { ...stored, format: planFormat, groups: { ...groups, ...writer.finish() } };
}

/** Before version 4 bodies weren’t compressed: version 2 had all in one buffer, version 3 in pieces. */
export type OldPlan = Omit<Plan, 'groups'> & {
  format: 2 | 3;
  groups: Omit<PlannedGroups, 'bodies'> & { bodies: Uint8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>[] };
};

const isOld = (plan: Plan | OldPlan): plan is OldPlan => plan.format === 2 || plan.format === 3;

/** The project of a row. */
export const projectOf = ({ projects, rows }: Plan, row: number): number => projects[rows.entry[row]!]!;

/** The task IDs of these rows, in order. */
export const tasksOf = ({ rows }: Plan, some: ArrayLike<number>): number[] =>
  Array.from(some, (row) => rows.task[row]!);
