import type { Json, JsonObject } from '#wire/json.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { groupRows, type Group } from './groups.ts';
import { canCarryMarker } from '#domain/requests/marker.ts';
import type { Rows } from './rows.ts';

/** Exactly what will be sent: which call creates what on which tasks, and which rows are skipped, with reasons. */
export interface Plan {
  id: string;
  /** The user who owns the annotations of requests without `completed_by`. */
  author: number;
  entries: Entries;
  rows: Rows;
  /** The project of each entry, by its number. */
  projects: Float64Array;
  groups: PlannedGroup[];
  calls: Call[];
  /** Rows that are not sent, each with the reason. */
  skips: Map<number, string>;
}

export interface PlannedGroup extends Group {
  /** The prefix of every region ID of this group; unique to the run and the group. */
  marker: string;
  /** False if no region can carry the marker: a skip, an empty result. */
  marked: boolean;
  /** Sent instead of task IDs, if the manager lets the server resolve it. */
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
  /** The prefix of all markers of the run: letters, digits and `-`. */
  tag: string;
  entries: Entries;
  rows: Rows;
  projects: Float64Array;
  /** How many tasks one call takes. */
  tasksPerCall: number;
  /** Why a row cannot be sent; undefined if it can. */
  skip: (row: number) => string | undefined;
  /** The selection of an entry that the server is to resolve. */
  selectionAsIs: (entry: number) => Json | undefined;
}

/** Plans the calls. Every row is either in exactly one call or skipped. */
export function planRun(input: PlanInput): Plan {
  const { id, author, tag, entries, rows, projects } = input;
  const skips = new Map<number, string>();
  const groups: PlannedGroup[] = [];
  const calls: Call[] = [];

  for (const group of groupRows(rows, entries)) {
    const kept = group.rows.filter((row) => {
      const reason = input.skip(row);
      if (reason !== undefined) skips.set(row, reason);
      return reason === undefined;
    });
    // All groups share one buffer, which costs a third of a buffer for each.
    const sent = kept.length === group.rows.length ? group.rows : kept;
    if (sent.length === 0) continue;
    const index = groups.length;
    // A selection creates one annotation per task, so a task's second row is sent by its ID.
    const selection = group.repeat === 0 ? input.selectionAsIs(group.entry) : undefined;
    groups.push({
      entry: group.entry,
      repeat: group.repeat,
      rows: sent,
      marker: `${tag}-${index.toString(36)}`,
      marked: canCarryMarker((entries.at(group.entry) as JsonObject)['result']),
      selection,
    });
    // A selection cannot be split: the server chooses its tasks.
    const size = selection === undefined ? input.tasksPerCall : sent.length;
    for (let from = 0; from < sent.length; from += size)
      calls.push({ group: index, rows: sent.length <= size ? sent : sent.subarray(from, from + size) });
  }
  return { id, author, entries, rows, projects, groups, calls, skips };
}

/** The selection that a call is sent with. If some of its rows are done, the others are sent by their task IDs. */
export function selectionOf(plan: Plan, call: Call): Json | undefined {
  const { selection, rows } = plan.groups[call.group]!;
  return call.rows.length === rows.length ? selection : undefined;
}

/** The task ids of a call, in order. */
export function tasksOf(plan: Plan, call: Call): number[] {
  return Array.from(call.rows, (row) => plan.rows.task[row]!);
}
