import { readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Rows } from './rows.ts';
import { decoder } from '#domain/text/source-text.ts';
import { bodyBytesOf, type StoredBodies } from './bodies.ts';

/**
 * What proves, on reading back, that an annotation belongs to a row:
 * - `marker`: its region IDs start with the marker of its group
 * - `unique-id`: its `unique_id` is made from the run and the row
 * - `answer`: only its ID in our own complete answer
 */
export const proofs = ['marker', 'unique-id', 'answer'] as const;
export type ProofKind = (typeof proofs)[number];

/**
 * Rows that differ only in their task, so that they can share one request. In columns, because there may be a million
 * groups. The stored bodies are those of the groups, without their targets.
 */
export interface PlannedGroups extends StoredBodies {
  count: number;
  /** The first request with the labels of each group, from 0. */
  entry: Uint32Array;
  /** The sent rows by group: a group’s rows are from its start to that of the next one. No task twice in a group. */
  order: Uint32Array;
  starts: Uint32Array;
  /** A hash of each group’s content, by which rows of an earlier run are recognised. */
  contents: Float64Array;
  /** Indexes into `proofs`. */
  proofs: Uint8Array;
  /** The names of the routes, and the index of each group’s route. */
  routes: string[];
  route: Uint8Array;
  /** Sent instead of task IDs, if the server should resolve it. As JSON, because stored exact numbers would be lost. */
  selections: Map<number, string>;
}

/** The rows of a group in source order. */
export const rowsOfGroup = ({ order, starts }: PlannedGroups, group: number): Uint32Array =>
  order.subarray(starts[group], starts[group + 1]);

/** The prefix of every region ID of a group; unique to the run and the group. */
export const markerOf = (tag: string, group: number): string => `${tag}-${group.toString(36)}`;

/** How many bytes of bodies are made a text at once. */
const searchedBytes = 1 << 16;

/** The groups whose finished bodies match as text. */
export function* groupsWithText(groups: PlannedGroups, pattern: RegExp): Generator<number> {
  const { count } = groups;
  const some = new Uint8Array(searchedBytes);
  for (let from = 0, to = 0; from < count; from = to) {
    let end = 0;
    let body = nothing;
    for (; to < count; to += 1) {
      body = bodyBytesOf(groups, to);
      if (end + body.length > some.length) break;
      some.set(body, end);
      end += body.length;
    }
    // A larger one is searched alone.
    if (to === from) to += 1;
    const text = decoder.decode(end === 0 ? body : some.subarray(0, end));
    if (!pattern.test(text)) continue;
    for (let group = from; group < to; group += 1)
      if (pattern.test(decoder.decode(bodyBytesOf(groups, group)))) yield group;
  }
}

const nothing = new Uint8Array();

/** The finished body of a group, without its targets. */
export const bodyOf = (groups: PlannedGroups, group: number): JsonObject =>
  readJson(decoder.decode(bodyBytesOf(groups, group))).value as JsonObject;

/** The task selection of a group; undefined if it is sent by task IDs. */
export function selectionOfGroup({ selections }: PlannedGroups, group: number): Json | undefined {
  const text = selections.get(group);
  return text === undefined ? undefined : readJson(text).value;
}

export const proofOfGroup = (groups: PlannedGroups, group: number): ProofKind =>
  proofs[groups.proofs[group]!]!;

export const routeOfGroup = (groups: PlannedGroups, group: number): string =>
  groups.routes[groups.route[group]!]!;

/** The group of each row; -1 for skipped rows. */
export function groupOfRows({ rows, groups }: { rows: Rows; groups: PlannedGroups }): Int32Array {
  const groupOf = new Int32Array(rows.count).fill(-1);
  for (let group = 0; group < groups.count; group += 1)
    for (const row of rowsOfGroup(groups, group)) groupOf[row] = group;
  return groupOf;
}
