import { fold, openAccount, type Account, type RunEvent } from '#domain/journal.ts';
import type { Plan } from '#domain/plan.ts';
import type { Route } from './routes/route.ts';

/** One run: its plan, and the journal from which everything else about it can be told. */
export interface StoredRun {
  plan: Plan;
  route: Route;
  journal: RunEvent[];
  account: Account;
  /** Writes the event down, then folds it into the account. */
  append(event: RunEvent): Promise<void>;
}

/** Keeps runs as long as the tab lives. A durable store has the same face: `append` resolves once the event is safe. */
export class RunStore {
  private readonly runs = new Map<string, StoredRun>();

  open(plan: Plan, route: Route): StoredRun {
    const journal: RunEvent[] = [];
    const account = openAccount(plan);
    const run: StoredRun = {
      plan,
      route,
      journal,
      account,
      async append(event) {
        journal.push(event);
        fold(account, event);
      },
    };
    this.runs.set(plan.id, run);
    return run;
  }

  find(id: string): StoredRun | undefined {
    return this.runs.get(id);
  }
}
