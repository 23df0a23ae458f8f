import type { HttpClient, NameCall } from '#api/http/http-client.ts';
import type { ProjectAnswer } from '#api/projects.ts';
import type { ProofKind } from '#domain/plan/planned-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Call, Staging } from '#domain/results/run-event.ts';
import type { ExactRequest } from '#domain/results/exports/calls-as-code.ts';
import type { Failure, Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json/json.ts';

/** A call without a number yet. */
export type Draft = Pick<Call, 'group' | 'rows' | 'staging'>;

/** The content of a complete answer. */
export interface Created {
  /** The annotation IDs in no order; empty if the server doesn’t return them. */
  ids: number[];
  /** The number of distinct annotations. */
  count: number;
}

/** Annotations that may not have been deleted, and why. */
export interface NotDeleted {
  ids: number[];
  failure: Failure;
}

/** A way to create annotations. Plans store only its name, and the run treats all routes alike. */
export interface Route {
  name: string;
  /** As the review shows it. */
  title: string;
  /** Maximum number of tasks in one call. */
  maxTasksPerCall: number;
  callsInFlight: number;
  /** True if the server can resolve a task selection itself. */
  takesSelections: boolean;
  /** For the review’s estimate: what a call takes besides the latency. Measured on 1.23.2; a guess for Enterprise. */
  secondsPerCall: number;
  /** Added for each row, including the work of reading back. */
  secondsPerRow: number;
  /** Why this route is used and its side effects, for the review. */
  reason: string;
  sideEffects: string[];
  /** Below this many rows it isn’t worth its overhead, in a project with this many tasks. */
  minRows(tasks: number): number;
  /** Why it can’t be used in a project, in words; undefined if it can. */
  unsuitedReason?(client: HttpClient, project: ProjectAnswer): Promise<string | undefined>;
  /** Why a request can’t be sent on this route, in words; undefined if it can. `me` is the token’s user. */
  unsupportedReason(entry: JsonObject, me: number): string | undefined;
  /** What proves a row of this request; `isMarked` if its regions have a marker. */
  proofOf(request: JsonObject, isMarked: boolean): ProofKind;
  /** The HTTP requests of a call, to be shown or repeated with other tools. */
  requestsOf(plan: Plan, call: Draft): ExactRequest[];
  /**
   * Sends one call, once.
   * @param nameCall records that the call is about to be sent; Sheaf’s own server recognises second copies by its name
   */
  send(client: HttpClient, plan: Plan, call: Draft, nameCall: NameCall): Promise<Outcome<Created>>;
  /** Deletes at most 100 annotations of one project. Gives those that it may not have deleted. */
  deleteMany(client: HttpClient, project: number, ids: number[]): Promise<NotDeleted | undefined>;
  /** Reads an answer that Sheaf’s own server kept; undefined if it isn’t as documented. */
  readAnswer(status: number, body: unknown): Created | undefined;
  /** Steps before and after a call, if its rows are imported as predictions first. */
  staging?: StagingSteps;
}

/** Rows are imported as predictions; `send` then turns those of any groups into annotations. */
export interface StagingSteps {
  /** Imports rows as predictions, once. Gives how many the server accepted. */
  stage(
    client: HttpClient,
    context: { plan: Plan; groupOf: Int32Array },
    staging: Staged,
    nameCall: NameCall,
  ): Promise<Outcome<number>>;
  /** Counts its predictions on the server, turned into annotations or not. */
  count(client: HttpClient, plan: Plan, staging: Staged): Promise<Outcome<number>>;
  /** The rows that the server hasn’t accepted. */
  missing(client: HttpClient, plan: Plan, staging: Staged): Promise<Outcome<number[]>>;
  /** Deletes its predictions only. Gives how many there were. Can be repeated. */
  sweep(client: HttpClient, plan: Plan, staging: Pick<Staged, 'id' | 'project'>): Promise<Outcome<number>>;
  /** The numbers of all stagings of this run with predictions left in the project. */
  list(client: HttpClient, plan: Plan, project: number): Promise<Outcome<number[]>>;
  /** Refreshes the project’s summary. Can be repeated. */
  refresh(client: HttpClient, project: number): Promise<Outcome<unknown>>;
}

export type Staged = Pick<Staging, 'id' | 'project' | 'rows'>;
