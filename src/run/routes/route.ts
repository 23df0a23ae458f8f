import type { HttpClient, NameCall } from '#api/http-client.ts';
import type { ProofKind } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Call } from '#domain/results/run-event.ts';
import type { ExactRequest } from '#domain/results/calls-as-code.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';

/** A call that has no number yet. */
export type Draft = Pick<Call, 'group' | 'rows'>;

/** A way to create annotations. The run knows no route by name; a new one is one more file. A plan holds only the name. */
export interface Route {
  name: string;
  /** As the review shows it. */
  title: string;
  /** The most tasks that one call takes. */
  maxTasksPerCall: number;
  callsInFlight: number;
  /** True if the server can resolve a task selection itself. */
  takesSelections: boolean;
  /** For the review's estimate before the first call: measured on 1.23.2, or guessed for Enterprise's own route. */
  secondsPerCall: number;
  /** Why a request cannot be sent on this route, in words; undefined if it can. */
  unsupportedReason(entry: JsonObject): string | undefined;
  /** What proves a row of this request; `isMarked` if its regions carry a marker. */
  proofOf(request: JsonObject, isMarked: boolean): ProofKind;
  /** What `send` sends, to be shown or repeated by other means. */
  requestOf(plan: Plan, call: Draft): ExactRequest;
  /**
   * Sends one call, once. Returns the annotation IDs, one for each row of the call, in no order.
   * @param nameCall stores that the call is about to leave; Sheaf’s own server recognises a second copy by the name it gives
   */
  send(client: HttpClient, plan: Plan, call: Draft, nameCall: NameCall): Promise<Outcome<number[]>>;
  /** Deletes at most 100 annotations of one project. */
  deleteMany(client: HttpClient, project: number, ids: number[]): Promise<Outcome<unknown>>;
  /** The annotation IDs in the body of a 201 that Sheaf’s own server kept; undefined if it isn’t as documented. */
  idsOf(answer: unknown): number[] | undefined;
}
