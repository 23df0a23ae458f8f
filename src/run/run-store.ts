import { fold, newAccount, type Account, type RunEvent } from '#domain/results/account.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Route } from './routes/route.ts';

/** One run: its plan, and the account folded from what has happened. */
export interface StoredRun {
  plan: Plan;
  route: Route;
  account: Account;
  /** Folds the event into the account; events aren’t kept. */
  append(event: RunEvent): Promise<void>;
}

/** Opens a run that hasn’t started. It is kept in memory until the tab is closed. */
export function openRun(plan: Plan, route: Route): StoredRun {
  const account = newAccount(plan);
  return {
    plan,
    route,
    account,
    async append(event) {
      fold(account, event);
    },
  };
}
