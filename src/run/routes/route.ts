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
  /** Whether a selection can be sent as it stands. */
  takesSelections: boolean;
  /** Roughly, for the review's estimate; measured on 1.23.2, guessed where only Enterprise has the route. */
  secondsPerCall: number;
  /** Why a request cannot go this way, in words; undefined where it can. */
  unsupportedReason(entry: JsonObject): string | undefined;
  /** Sends one call, once. Gives the ids of the annotations, one for each row of the call, in no order. */
  send(client: HttpClient, plan: Plan, call: Call): Promise<Outcome<number[]>>;
  /** What tells, on reading back, that an annotation is the one that a row asked for. */
  proofOf(plan: Plan, row: number, group: number): Proof;
}

export type Proof =
  /** One of its regions carries this marker. */
  | { by: 'marker'; marker: string }
  /** The server has it under this UUID, in lower case. */
  | { by: 'unique-id'; uniqueId: string }
  /** Nothing in it tells: it is new on the task, has no region, its author is this one, and it is a skip or not. */
  | { by: 'baseline'; author: number; cancelled: boolean };

/** The proof for a row of a request whose regions can carry no marker. */
export function baselineProof(plan: Plan, entry: JsonObject): Proof {
  const author = entry['completed_by'];
  return {
    by: 'baseline',
    author: typeof author === 'number' ? author : plan.author,
    cancelled: entry['was_cancelled'] === true,
  };
}
