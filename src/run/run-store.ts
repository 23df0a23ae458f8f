import { fold, newAccount, type Account, type RunEvent } from '#domain/results/account.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Route } from './routes/route.ts';

/** One run: its plan, its journal, and the account folded from both. */
export interface StoredRun {
  plan: Plan;
  route: Route;
  journal: RunEvent[];
  account: Account;
  /** Stores the event, then folds it into the account. */
  append(event: RunEvent): Promise<void>;
}

/** Opens a run with an empty journal, which is kept in memory until the tab is closed. */
export function openRun(plan: Plan, route: Route): StoredRun {
  const journal: RunEvent[] = [];
  const account = newAccount(plan);
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
