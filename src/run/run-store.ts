import { fold, openAccount, type Account, type RunEvent } from '#domain/results/account.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Route } from './routes/route.ts';

/** One run: its plan, and the journal from which everything else about it can be told. */
export interface StoredRun {
  plan: Plan;
  route: Route;
  journal: RunEvent[];
  account: Account;
  /** Writes the event down, then folds it into the account; resolves once the event is safe. */
  append(event: RunEvent): Promise<void>;
}

/** Opens the journal of a run. It is kept as long as the tab lives; a durable one has the same face. */
export function openRun(plan: Plan, route: Route): StoredRun {
  const journal: RunEvent[] = [];
  const account = openAccount(plan);
  return {
    plan,
    route,
    journal,
    account,
    async append(event) {
      journal.push(event);
      fold(account, event);
    },
  };
}
