import type { HttpClient } from '#api/http-client.ts';
import type { Account, RunEvent } from '#domain/results/account.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import type { Route } from './routes/route.ts';

export type RunPhase = 'sending' | 'stopping' | 'settling' | 'reading-back' | 'finished';

/** Everything that a run needs from outside. */
export interface RunContext {
  client: HttpClient;
  plan: Plan;
  route: Route;
  /** The events so far, folded; `append` keeps it up to date. */
  account: Account;
  /** Records an event in the account; resolves once it is stored. */
  append(event: RunEvent): Promise<void>;
  /** Reports progress. `waitingFor` is a line for the screen. */
  onPhase(phase: RunPhase, waitingFor?: string): void;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Aborted when nothing more may be sent. Calls in flight are still awaited and confirmed. */
  stop: AbortSignal;
}

/** A call whose effect is unknown. The server may still be working on it until `settledAfter`. */
export interface UnconfirmedCall {
  call: Call;
  settledAfter: number;
  reason: string;
  /** The server refused it, perhaps because of a single task: sent in halves, only the bad rows stay refused. */
  refused: boolean;
}
