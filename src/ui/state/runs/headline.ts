import type { RowState, RunTotals } from '#domain/results/account.ts';
import { count, figure } from '#ui/components/numbers.ts';

/** Row states that only an interrupted run has. */
const openWords: [state: RowState, description: string][] = [
  ['in-flight', 'without an answer yet'],
  ['unconfirmed', 'to be checked'],
  ['waiting', 'waiting'],
];

const words: [state: RowState, description: string][] = [
  ['created', 'created'],
  ['duplicated', 'duplicated'],
  ['refused', 'refused'],
  ['unknown', 'unknown'],
  ['not-found', 'not found'],
  ['never-sent', 'not sent'],
  ['deleted', 'deleted'],
  ['skipped', 'skipped'],
];

/** The run’s outcome in one line. Reports success only if every row was read back. */
export function headline(totals: RunTotals): string {
  const parts = [...words, ...openWords].filter(([state]) => totals[state] > 0);
  const isComplete = parts.every(([state]) => state === 'created' || state === 'skipped');
  if (totals.created > 0 && isComplete) {
    const skipped = totals.skipped > 0 ? ` · ${count(totals.skipped, 'row')} skipped` : '';
    return `${count(totals.created, 'annotation')} created and verified${skipped}`;
  }
  const counts = parts.map(([state, description]) => `${figure(totals[state])} ${description}`);
  // Unknown and missing rows may have been created, so nothing is certain with any of them.
  const isNothing =
    totals.created +
      totals.duplicated +
      totals.unknown +
      totals['not-found'] +
      totals['in-flight'] +
      totals.unconfirmed ===
    0;
  return (isNothing ? ['Nothing created', ...counts] : counts).join(' · ');
}
