import type { Json, JsonObject } from '#wire/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { groupRows, type Group } from './groups.ts';
import { canCarryMarker } from '#domain/requests/marker.ts';
import type { Rows } from './rows.ts';

/** Exactly what will happen: which call creates what on which tasks, what is skipped, and why. */
export interface Plan {
  id: string;
  /** The user whose annotations these are, where a request names nobody else. */
  author: number;
  entries: Entries;
  rows: Rows;
  /** The project of each entry, by its number. */
  projects: Float64Array;
  groups: PlannedGroup[];
  calls: Call[];
  /** Rows that no call is for, each with the reason. */
  skips: Map<number, string>;
}

export interface PlannedGroup extends Group {
  /** What every region id of this group starts with; unique to the run and the group. */
  marker: string;
  /** False where there is no region that could carry the marker: a skip, an empty result. */
  marked: boolean;
  /** Sent instead of task ids, where the manager chose to send a selection as it stands. */
  selection: Json | undefined;
}

/** One HTTP request that creates annotations, for a bounded number of rows of one group. */
export interface Call {
  group: number;
  rows: Uint32Array;
}

export interface PlanInput {
  id: string;
  author: number;
  /** What all markers of the run start with: letters, digits and `-`. */
  tag: string;
  entries: Entries;
  rows: Rows;
  projects: Float64Array;
  /** How many tasks one call takes. */
  tasksPerCall: number;
  /** Why a row cannot be sent; undefined where it can. */
  skip: (row: number) => string | undefined;
  /** The selection of an entry that is sent as it stands. */
  selectionAsIs: (entry: number) => Json | undefined;
}

/** Lays out the calls. Every row ends either in exactly one call or among the skips. */
export function planRun(input: PlanInput): Plan {
  const { id, author, tag, entries, rows, projects } = input;
  const skips = new Map<number, string>();
  const groups: PlannedGroup[] = [];
  const calls: Call[] = [];

  for (const group of groupRows(rows, entries)) {
    const sent = group.rows.filter((row) => {
      const reason = input.skip(row);
      if (reason !== undefined) skips.set(row, reason);
      return reason === undefined;
    });
    if (sent.length === 0) continue;
    const index = groups.length;
    // A selection makes one annotation on each task, so a task's second row is sent by its id.
    const selection = group.repeat === 0 ? input.selectionAsIs(group.entry) : undefined;
    groups.push({
      ...group,
      rows: sent,
      marker: `${tag}-${index.toString(36)}`,
      marked: canCarryMarker((entries.at(group.entry) as JsonObject)['result']),
      selection,
    });
    // A selection that is sent as it stands cannot be divided: the server chooses its tasks.
    const size = selection === undefined ? input.tasksPerCall : sent.length;
    for (let from = 0; from < sent.length; from += size)
      calls.push({ group: index, rows: sent.subarray(from, from + size) });
  }
  return { id, author, entries, rows, projects, groups, calls, skips };
}

/** The selection that a call is sent with. What is left of one that was done in part is sent by its task ids. */
export function selectionOf(plan: Plan, call: Call): Json | undefined {
  const { selection, rows } = plan.groups[call.group]!;
  return call.rows.length === rows.length ? selection : undefined;
}

/** The task ids of a call, in order. */
export function tasksOf(plan: Plan, call: Call): number[] {
  return Array.from(call.rows, (row) => plan.rows.task[row]!);
}
