import type { HttpClient } from '#api/http-client.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';

/** A way to create annotations. The run knows no route by name; a new one is one more file. */
export interface Route {
  name: 'bulk' | 'single';
  /** As the review shows it. */
  title: string;
  tasksPerCall: number;
  callsInFlight: number;
  /** True if the server can resolve a task selection itself. */
  takesSelections: boolean;
  /** For the review's estimate: measured on 1.23.2, or guessed for Enterprise's own route. */
  secondsPerCall: number;
  /** Why a request cannot be sent on this route, in words; undefined if it can. */
  unsupportedReason(entry: JsonObject): string | undefined;
  /** Sends one call, once. Returns the annotation IDs, one for each row of the call, in no order. */
  send(client: HttpClient, plan: Plan, call: Call): Promise<Outcome<number[]>>;
  /** How to recognise, on reading back, the annotation of a row. */
  proofOf(plan: Plan, row: number, group: number): Proof;
}

export type Proof =
  /** One of its regions carries this marker. */
  | { by: 'marker'; marker: string }
  /** Its `unique_id` is this UUID, in lower case. */
  | { by: 'unique-id'; uniqueId: string }
  /** Only circumstances tell: it is new on the task, has no region, and matches in author and skip. */
  | { by: 'baseline'; author: number; cancelled: boolean };

/** The proof for a row without regions, which can carry no marker. */
export function baselineProof(plan: Plan, entry: JsonObject): Proof {
  const author = entry['completed_by'];
  return {
    by: 'baseline',
    author: typeof author === 'number' ? author : plan.author,
    cancelled: entry['was_cancelled'] === true,
  };
}
