import { bodyOf, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { projectOf } from '#domain/plan/plan.ts';
import { notConnected } from '#engine/session/not-connected.ts';
import type { CurrentSession, Session } from '#engine/session/open-session.ts';
import { readExistingLabels, TaskLabels, type RowClass } from '#run/read/existing-labels.ts';
import type { Outcome } from '#wire/failure.ts';
import { labelsHash } from '#wire/labels-hash.ts';
import type { LiveRuns } from './live-runs.ts';

/** How the rows of a plan compare with what is on the server. */
export interface Comparison {
  rows: Record<RowClass, number>;
  /** Rows whose tasks could not be read, or were not, because it was cancelled. */
  notCompared: number;
}

/** Which rows are sent, by what is on their tasks already. */
export type Policy = 'all' | 'unlabelled' | 'not-same' | 'not-mine';

const skippedClasses: Record<Policy, readonly RowClass[]> = {
  all: [],
  unlabelled: ['same-by-me', 'same-by-others', 'other-by-me', 'other-by-others'],
  'not-same': ['same-by-me', 'same-by-others'],
  'not-mine': ['same-by-me', 'other-by-me'],
};

const reasons: Record<RowClass, string> = {
  new: '',
  'same-by-me': 'The task has the same labels already, by you.',
  'same-by-others': 'The task has the same labels already, by someone else.',
  'other-by-me': 'The task has other labels already, by you.',
  'other-by-others': 'The task has other labels already, by someone else.',
};

/** What a comparison has read of tasks, for the plans that a policy makes. */
export class ComparedTasks {
  private known: { session: Session; labels: TaskLabels } | undefined;

  /** What the last comparison read; nothing if there was none in this session. */
  of(session: Session): TaskLabels {
    return this.known?.session === session ? this.known.labels : new TaskLabels();
  }

  /** Starts with nothing: what was read before may have changed since, by our own runs among others. */
  restart(session: Session): TaskLabels {
    const labels = new TaskLabels();
    this.known = { session, labels };
    return labels;
  }
}

/** Why a row is skipped by the policy; undefined if it isn’t, or its task was not read. */
export function skippedByPolicy(policy: Policy, found: RowClass | undefined): string | undefined {
  return found !== undefined && skippedClasses[policy].includes(found) ? reasons[found] : undefined;
}

/** Compares a plan with the server before anything is sent. */
export function compareCalls(runs: LiveRuns, current: CurrentSession, compared: ComparedTasks) {
  let stop = new AbortController();
  return {
    /** Reads the tasks of a plan once, and sorts its rows. `onProgress` is called with the tasks read so far, of how many. */
    async compare(
      planId: string,
      onProgress: (read: number, of: number) => void,
    ): Promise<Outcome<Comparison>> {
      const { session } = current;
      if (!session) return notConnected();
      stop.abort();
      stop = new AbortController();
      const { plan } = await runs.find(planId);
      const { groups, rows } = plan;
      const labels = compared.restart(session);
      const unread = new Map<number, Set<number>>();
      for (const row of groups.order) {
        const [project, task] = [projectOf(plan, row), rows.task[row]!];
        unread.set(project, (unread.get(project) ?? new Set()).add(task));
      }
      const tasks = new Map([...unread].map(([project, some]) => [project, [...some]]));
      const failure = await readExistingLabels(session.client, labels, tasks, {
        stop: stop.signal,
        onProgress,
      });
      if (failure) return { ok: false, failure };

      const counts = { new: 0, 'same-by-me': 0, 'same-by-others': 0, 'other-by-me': 0, 'other-by-others': 0 };
      let notCompared = 0;
      for (let group = 0; group < groups.count; group += 1) {
        const { result, was_cancelled: isSkip } = bodyOf(groups, group);
        const hash = labelsHash(result, isSkip === true);
        for (const row of rowsOfGroup(groups, group)) {
          const found = labels.classOf(projectOf(plan, row), rows.task[row]!, hash, plan.server.user);
          if (found) counts[found] += 1;
          else notCompared += 1;
        }
      }
      return { ok: true, value: { rows: counts, notCompared } };
    },
    /** Ends a comparison that is under way; what was read is kept. */
    async cancelCompare(): Promise<void> {
      stop.abort();
    },
  };
}
