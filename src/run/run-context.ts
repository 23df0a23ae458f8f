import type { HttpClient } from '#api/http/http-client.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Account } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import type { Route } from './routes/route.ts';

/** `interrupted`: it hasn’t ended, and no tab is working on it. */
export type RunPhase =
  | 'sending'
  | 'stopping'
  | 'settling'
  | 'reading-back'
  | 'cleaning-up'
  | 'deleting'
  | 'finished'
  | 'interrupted';

/** All dependencies of a run. */
export interface RunContext {
  client: HttpClient;
  plan: Plan;
  /** The route with this name. */
  routeOf(name: string): Route;
  /** The group of each row; -1 for skipped rows. */
  groupOf: Int32Array;
  /** If given, only these rows are sent: a pilot. */
  only?: ReadonlySet<number>;
  /** Calls are numbered from 1. */
  nextCallId(): number;
  /** The account of all events so far; kept up to date by `append`. */
  account: Account;
  /** Checks an event against the account, stores it and folds it. Rejects if it can’t be stored. */
  append(event: RunEvent): Promise<void>;
  /** Asks Sheaf’s own server about a call, if calls go through it. */
  askAboutCall: AskAboutCall | undefined;
  /** Reports progress. `waitingFor` is a line for the screen. */
  onPhase(phase: RunPhase, waitingFor?: string): void;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Aborted when nothing more may be sent. Calls in flight are still awaited and confirmed. */
  stop: AbortSignal;
}

export type AskAboutCall = (callId: string, sentAt: number) => Promise<CallReport>;

/**
 * What Sheaf’s own server knows about a call.
 * - `in-progress`: Label Studio hasn’t answered yet
 * - `answered`: Label Studio answered with this status and body
 * - `not-processed`: it never arrived or Label Studio didn’t process it, and it will be refused from now on
 * - `unknown`: Label Studio’s answer was lost, or the server has forgotten the call
 */
export type CallReport =
  | { state: 'in-progress' | 'unknown' }
  | { state: 'answered'; status: number; body: unknown }
  | { state: 'not-processed'; reason: string };
