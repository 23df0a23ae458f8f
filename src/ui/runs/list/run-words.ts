import type { RowState } from '#domain/results/account.ts';
import type { ListedRun } from '#engine/runs/runs-part.ts';
import { count, figure } from '#ui/components/numbers.ts';

/** The most urgent state of a run, as a row state with its icon. */
export interface RunState {
  icon: RowState | 'running' | 'interrupted';
  words: string;
}

const alarming: [state: RowState, words: string][] = [
  ['duplicated', 'duplicated'],
  ['refused', 'refused'],
  ['unknown', 'unknown'],
  ['not-found', 'not found'],
  ['never-sent', 'not sent'],
];

export const needsAttention = ({ totals }: ListedRun): boolean =>
  alarming.some(([state]) => totals[state] > 0);

export const isInterrupted = ({ isRunning, startedAt, endedAt }: ListedRun): boolean =>
  !isRunning && (startedAt === undefined || endedAt === undefined);

export function stateOfRun(run: ListedRun): RunState {
  const { totals } = run;
  if (run.isRunning) return { icon: 'running', words: 'Running' };
  if (isInterrupted(run)) return { icon: 'interrupted', words: 'Interrupted' };
  const found = alarming.filter(([state]) => totals[state] > 0);
  if (found.length > 0)
    return {
      icon: found[0]![0],
      words: found.map(([state, words]) => `${figure(totals[state])} ${words}`).join(', '),
    };
  if (totals.deleted > 0) return { icon: 'deleted', words: `Undone: ${figure(totals.deleted)} deleted` };
  if (totals.created === 0) return { icon: 'skipped', words: 'Nothing created' };
  return {
    icon: 'created',
    words:
      totals.skipped > 0
        ? `Created and verified, ${figure(totals.skipped)} skipped`
        : 'All created and verified',
  };
}

/** `1,204 of 2,000` while rows are missing, `2,000` otherwise. */
export function annotationsOfRun({ totals, rows }: ListedRun): string {
  const there = totals.created + totals.duplicated;
  const wanted = rows - totals.skipped - totals.deleted;
  return there === wanted ? figure(there) : `${figure(there)} of ${figure(wanted)}`;
}

export const nameOfRun = ({ fileName }: Pick<ListedRun, 'fileName'>): string => fileName ?? 'Pasted batch';

export const runCount = (shown: number, all: number): string =>
  shown === all ? `${count(all, 'run')}, newest first` : `${figure(shown)} of ${count(all, 'run')}`;
