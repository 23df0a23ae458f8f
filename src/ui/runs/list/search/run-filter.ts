import type { ListedRun } from '#engine/runs/runs-part.ts';
import { isInterrupted, needsAttention } from '#ui/runs/list/run-words.ts';

/** Filters of the runs. Undefined means all. */
export interface RunFilter {
  state: RunStage | undefined;
  /** A key of `filterChoices`. */
  project: string | undefined;
  server: string | undefined;
  user: string | undefined;
  isPinned: boolean;
}

export const everyRun: RunFilter = {
  state: undefined,
  project: undefined,
  server: undefined,
  user: undefined,
  isPinned: false,
};

/** Each run is in exactly one stage. */
export type RunStage = 'unfinished' | 'attention' | 'finished';

export function stageOf(run: ListedRun): RunStage {
  if (run.isRunning || isInterrupted(run)) return 'unfinished';
  return needsAttention(run) ? 'attention' : 'finished';
}

export const filterRuns = (runs: readonly ListedRun[], filter: RunFilter): ListedRun[] =>
  runs.filter(
    (run) =>
      (filter.state === undefined || stageOf(run) === filter.state) &&
      (filter.project === undefined || projectKeys(run).includes(filter.project)) &&
      (filter.server === undefined || run.server.address === filter.server) &&
      (filter.user === undefined || userKey(run) === filter.user) &&
      (!filter.isPinned || run.pinned),
  );

export interface FilterChoice {
  key: string;
  name: string;
  runs: number;
}

/** The choices of each filter in alphabetical order, with the number of runs. */
export function filterChoices(runs: readonly ListedRun[]) {
  const servers = new Set(runs.map(({ server }) => server.address));
  /** The same name may exist on several servers. */
  const named = (name: string, run: ListedRun) => (servers.size > 1 ? `${name} · ${run.server.name}` : name);
  const projects = new Choices();
  const users = new Choices();
  const onServers = new Choices();
  for (const run of runs) {
    run.projects.forEach(({ title }, index) => projects.count(projectKeys(run)[index]!, named(title, run)));
    users.count(userKey(run), named(run.user.name, run));
    onServers.count(run.server.address, run.server.name);
  }
  return { projects: projects.list(), users: users.list(), servers: onServers.list() };
}

class Choices {
  private readonly found = new Map<string, FilterChoice>();

  count(key: string, name: string): void {
    const choice = this.found.get(key) ?? { key, name, runs: 0 };
    choice.runs += 1;
    this.found.set(key, choice);
  }

  list(): FilterChoice[] {
    return [...this.found.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  }
}

const projectKeys = ({ server, projects }: ListedRun): string[] =>
  projects.map(({ id }) => `${server.address} ${id}`);

const userKey = ({ server, user }: ListedRun): string => `${server.address} ${user.id}`;
