import type { HttpClient, NameCall } from '#api/http/http-client.ts';
import type { ProjectAnswer } from '#api/projects.ts';
import type { ProofKind } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Call, Staging } from '#domain/results/run-event.ts';
import type { ExactRequest } from '#domain/results/exports/calls-as-code.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json/json.ts';

/** A call that has no number yet. */
export type Draft = Pick<Call, 'group' | 'rows' | 'staging'>;

/** What a complete answer says. */
export interface Created {
  /** The annotation IDs, in no order; none if the server doesn’t say them. */
  ids: number[];
  /** How many annotations, each counted once. */
  count: number;
}

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
  /** To be added for each row, reading back included. */
  secondsPerRow: number;
  /** Why it is there, and what else it does on the server; for the review. */
  reason: string;
  sideEffects: string[];
  /** It isn’t worth its overhead for fewer rows of a project with so many tasks. */
  minRows(tasks: number): number;
  /** Why it isn’t to be taken in a project, in words; undefined if it may. */
  unsuitedReason?(client: HttpClient, project: ProjectAnswer): Promise<string | undefined>;
  /** Why a request cannot be sent on this route, in words; undefined if it can. `me` is the user whose token it is. */
  unsupportedReason(entry: JsonObject, me: number): string | undefined;
  /** What proves a row of this request; `isMarked` if its regions carry a marker. */
  proofOf(request: JsonObject, isMarked: boolean): ProofKind;
  /** The requests that create what `send` creates, to be shown or repeated by other means. */
  requestsOf(plan: Plan, call: Draft): ExactRequest[];
  /**
   * Sends one call, once.
   * @param nameCall stores that the call is about to leave; Sheaf’s own server recognises a second copy by the name it gives
   */
  send(client: HttpClient, plan: Plan, call: Draft, nameCall: NameCall): Promise<Outcome<Created>>;
  /** Deletes at most 100 annotations of one project. */
  deleteMany(client: HttpClient, project: number, ids: number[]): Promise<Outcome<unknown>>;
  /** The same, of an answer that Sheaf’s own server kept; undefined if it isn’t as documented. */
  readAnswer(status: number, body: unknown): Created | undefined;
  /** The steps before and after a call, if its rows are put on the server as something else first. */
  staging?: StagingSteps;
}

/** Rows are imported as predictions; `send` turns them into annotations, of rows of any groups. */
export interface StagingSteps {
  /** Imports rows as predictions, once. Gives how many the server has taken. */
  stage(
    client: HttpClient,
    context: { plan: Plan; groupOf: Int32Array },
    staging: Staged,
    nameCall: NameCall,
  ): Promise<Outcome<number>>;
  /** How many of its predictions are on the server, turned into annotations or not. */
  count(client: HttpClient, plan: Plan, staging: Staged): Promise<Outcome<number>>;
  /** Those of its rows that the server hasn’t taken. */
  missing(client: HttpClient, plan: Plan, staging: Staged): Promise<Outcome<number[]>>;
  /** Deletes its predictions, and only these. Gives how many there were. May be repeated. */
  sweep(client: HttpClient, plan: Plan, staging: Pick<Staged, 'id' | 'project'>): Promise<Outcome<number>>;
  /** The numbers of all stagings of this run that the project still has predictions of. */
  list(client: HttpClient, plan: Plan, project: number): Promise<Outcome<number[]>>;
  /** Has the project’s summary count what was created. May be repeated. */
  refresh(client: HttpClient, project: number): Promise<Outcome<unknown>>;
}

export type Staged = Pick<Staging, 'id' | 'project' | 'rows'>;
