import { writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { canCarryMarker } from '#domain/requests/marker.ts';
import { groupBody } from '#domain/requests/request-bodies.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { BodyWriter } from './bodies.ts';
import { groupRows, type Group } from './groups.ts';
import { markerOf, proofs, type PlannedGroups, type ProofKind } from './planned-groups.ts';
import type { PlanMemory, RouteFacts } from './plan-memory.ts';
import type { Rows } from './rows.ts';

/** The version of the stored form. A plan of another version is listed, but can't be opened. */
export const planFormat = 2;

/** The size of the first calls, where their route allows it. */
export const firstTasksPerCall = 100;

/** Exactly what will be sent, as data: a run that is resumed never reads its source again. */
export interface Plan {
  format: number;
  /** A UUID. */
  id: string;
  /** What every marker of the run starts with: letters, digits and `-`. */
  tag: string;
  createdAt: number;
  server: PlannedServer;
  rows: Rows;
  /** The project of each entry of the source, by its number. */
  projects: Float64Array;
  groups: PlannedGroups;
  /** Rows that are not sent, each with the reason. */
  skips: Map<number, string>;
}

/** Which server a plan is for, however it is reached. A run is resumed only where all of it is the same. */
export interface PlannedServer {
  /** The address that people open, without a final slash. */
  address: string;
  /** The user whose token it is; owns the annotations of requests without `completed_by`. */
  user: number;
  organisation: number | undefined;
  /** Of a sandbox, which starts with fresh data at each boot. */
  boot: string | undefined;
  /** When each project was created: a project made later may have the same ID on a new server. */
  projects: Map<number, string>;
}

/** How the rows of a group are sent. */
export interface PlannedRoute {
  name: string;
  /** What proves a row of such a request; `isMarked` if its regions carry the marker. */
  proofOf(request: JsonObject, isMarked: boolean): ProofKind;
  /** Why a request can’t be sent like this; undefined if it can. `me` is the user whose token it is. */
  unsupportedReason(request: JsonObject, me: number): string | undefined;
}

/** Rows that don’t go the better way, and why. */
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
  /** The best first; the last one takes every request. */
  routes: readonly PlannedRoute[];
  /** Why a route isn’t taken for that many rows of a project. The last one is always taken. */
  avoids?: (route: string, project: number, rows: number) => string | undefined;
  onPassedOver?: (passedOver: PassedOver) => void;
  /** Fields of the source that are not sent. */
  omit?: readonly string[];
  /** Why a row is not sent; undefined if it is. `content` is the hash of what it says, as in `PlannedGroups`. */
  skip: (row: number, content: number) => string | undefined;
  /** The selection of an entry that the server is to resolve. */
  selectionAsIs: (entry: number) => Json | undefined;
  /** Of plans that differ from this one only in their ID, tag, time and skipped rows. */
  memory?: PlanMemory | undefined;
}

/** Makes the plan. Every row is either in exactly one group or skipped. */
export function planRun(input: PlanInput): Plan {
  const { id, tag, createdAt, server, entries, rows, projects, omit = [], memory } = input;
  const skips = new Map<number, string>();
  const kept: (Group & { content: number; isWhole: boolean })[] = [];
  for (const group of groupRows(rows, entries)) {
    const content =
      memory?.of(group.entry)?.content ??
      stableHash(groupBody(entries.at(group.entry) as JsonObject, 'same'));
    const before = skips.size;
    for (const row of group.rows) {
      const reason = input.skip(row, content);
      if (reason !== undefined) skips.set(row, reason);
    }
    if (skips.size > before) group.rows = group.rows.filter((row) => !skips.has(row));
    if (group.rows.length > 0) kept.push({ ...group, content, isWhole: skips.size === before });
  }

  const { length } = kept;
  const groups: PlannedGroups = {
    count: length,
    entry: new Uint32Array(length),
    order: new Uint32Array(rows.count - skips.size),
    starts: new Uint32Array(length + 1),
    contents: new Float64Array(length),
    proofs: new Uint8Array(length),
    routes: [],
    route: new Uint8Array(length),
    selections: new Map(),
    bodies: new Uint8Array(),
    bodyStarts: new Float64Array(length + 1),
  };
  const bodies = new BodyWriter();
  const choice = new RouteChoice(input);
  kept.forEach(({ entry, rows: sent, repeat, content, isWhole }, group) => {
    groups.entry[group] = entry;
    groups.order.set(sent, groups.starts[group]);
    groups.starts[group + 1] = groups.starts[group]! + sent.length;
    groups.contents[group] = content;
    const marker = markerOf(tag, group);
    const known = memory?.of(entry);
    if (known) {
      groups.bodyStarts[group + 1] = bodies.copy(known.body, known.marker, marker);
      choice.add(known.facts, projects[entry]!, sent.length);
    } else {
      const request = without(entries.at(entry) as JsonObject, omit);
      groups.bodyStarts[group + 1] = bodies.write(groupBody(request, marker));
      choice.add(choice.factsOf(request), projects[entry]!, sent.length);
    }
    // A selection creates one annotation on each of its tasks: second rows go by ID, and so do all once one is skipped.
    const selection = repeat === 0 && isWhole ? input.selectionAsIs(entry) : undefined;
    if (selection !== undefined) groups.selections.set(group, writeJson(selection));
  });
  groups.bodies = bodies.finish();
  choice.decide(groups);
  const plan = { format: planFormat, id, tag, createdAt, server, rows, projects, groups, skips };
  memory?.keep(plan, choice.facts());
  return plan;
}

/** Chooses a route for each group, once it is known how many rows each could take. */
class RouteChoice {
  private readonly input: PlanInput;
  private readonly groups: { facts: RouteFacts; project: number; rows: number }[] = [];
  /** Few differ, so each is kept once. */
  private readonly known = new Map<string, RouteFacts>();
  /** Rows by route and project. */
  private readonly fitting = new Map<string, number>();

  constructor(input: PlanInput) {
    this.input = input;
  }

  factsOf(request: JsonObject): RouteFacts {
    const { routes, server } = this.input;
    const isMarked = canCarryMarker(request['result']);
    const last = routes.length - 1;
    const passedOver: RouteFacts['passedOver'] = [];
    let best = 0;
    for (; best < last; best += 1) {
      const reason = routes[best]!.unsupportedReason(request, server.user);
      if (reason === undefined) break;
      const forLeadTime =
        (request['lead_time'] ?? null) !== null &&
        routes[best]!.unsupportedReason(without(request, ['lead_time']), server.user) === undefined;
      passedOver.push({ route: routes[best]!.name, reason, forLeadTime });
    }
    const facts = { best, proofs: routes.map((route) => route.proofOf(request, isMarked)), passedOver };
    const key = JSON.stringify(facts);
    if (!this.known.has(key)) this.known.set(key, facts);
    return this.known.get(key)!;
  }

  add(facts: RouteFacts, project: number, rows: number): void {
    const { best, passedOver } = facts;
    for (const reason of passedOver) this.input.onPassedOver?.({ ...reason, rows });
    const key = keyOf(best, project);
    this.fitting.set(key, (this.fitting.get(key) ?? 0) + rows);
    this.groups.push({ facts, project, rows });
  }

  /** Of all groups that were added. */
  facts = (): RouteFacts[] => this.groups.map(({ facts }) => facts);

  decide(groups: PlannedGroups): void {
    const { routes, avoids, onPassedOver } = this.input;
    const last = routes.length - 1;
    const chosen = this.groups.map(({ facts: { best }, project, rows }) => {
      const route = routes[best]!.name;
      const reason =
        best < last ? avoids?.(route, project, this.fitting.get(keyOf(best, project))!) : undefined;
      if (reason === undefined) return best;
      onPassedOver?.({ route, rows, reason, forLeadTime: false });
      return last;
    });
    const used = routes.map((_, index) => index).filter((index) => chosen.includes(index));
    groups.routes = used.map((index) => routes[index]!.name);
    for (const [group, index] of chosen.entries()) {
      groups.route[group] = used.indexOf(index);
      groups.proofs[group] = proofs.indexOf(this.groups[group]!.facts.proofs[index]!);
    }
  }
}

const keyOf = (route: number, project: number): string => `${route} ${project}`;

function without(request: JsonObject, fields: readonly string[]): JsonObject {
  if (!fields.some((field) => field in request)) return request;
  return Object.fromEntries(Object.entries(request).filter(([field]) => !fields.includes(field)));
}

/** The project of a row. */
export const projectOf = ({ projects, rows }: Plan, row: number): number => projects[rows.entry[row]!]!;

/** The task IDs of these rows, in order. */
export const tasksOf = ({ rows }: Plan, some: ArrayLike<number>): number[] =>
  Array.from(some, (row) => rows.task[row]!);
