import type { HttpClient } from '#api/http-client.ts';
import type { Account, RunEvent } from '#domain/results/account.ts';
import type { Call, Plan } from '#domain/plan/plan.ts';
import type { Route } from './routes/route.ts';

export type RunPhase = 'sending' | 'stopping' | 'waiting-for-quiet' | 'reading-back' | 'finished';

/** What a run needs from outside. */
export interface RunContext {
  client: HttpClient;
  plan: Plan;
  route: Route;
  /** What the events so far come to; `append` keeps it up to date. */
  account: Account;
  /** Writes an event to the journal, and resolves when it is safe there. */
  append(event: RunEvent): Promise<void>;
  /** Says what is being waited for. */
  onPhase(phase: RunPhase, waitingFor?: string): void;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Aborted when the manager wants nothing more to be sent. What is in flight is awaited and read back all the same. */
  stop: AbortSignal;
}

/** A call without an outcome, and until when the server may still be at work on it. */
export interface UnconfirmedCall {
  call: Call;
  quietAt: number;
  reason: string;
  /** The server said no, perhaps because of one of its tasks: sent in halves, only the bad ones stay refused. */
  refused: boolean;
}
