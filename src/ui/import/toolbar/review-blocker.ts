import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { count } from '#ui/components/numbers.ts';
import { isBlank } from '#ui/state/text-on-screen.ts';

/** Everything that decides whether a batch can be reviewed. */
interface ReviewInput {
  text: TextOnScreen;
  checked: CheckSummary | undefined;
  connected: boolean;
  projectId: number | undefined;
  /** Number of form fields that can't be written into the text. */
  unsaved: number;
}

export interface ReviewBlocker {
  words: string;
  /** Where it can be resolved. */
  at: 'text' | 'form' | 'problems' | 'project' | 'elsewhere';
}

/** The number of valid entries, if only errors block the review; otherwise 0. */
export function countValidRows(batch: ReviewInput): number {
  const { checked } = batch;
  if (checked === undefined || checked.errors === 0 || checked.sourceErrors > 0) return 0;
  if (findReviewBlocker({ ...batch, checked: { ...checked, errors: 0 } }) !== undefined) return 0;
  return checked.entries - checked.refused;
}

/** The first reason that blocks the review, in the order in which a user would resolve them. */
export function findReviewBlocker(batch: ReviewInput): ReviewBlocker | undefined {
  const { text, checked, connected, projectId, unsaved } = batch;
  if (checked?.format === 'unreadable') return { words: 'The text has an error', at: 'text' };
  const hasNoEntries = checked?.entries === 0 && checked.errors === 0;
  if (isBlank(text) || hasNoEntries) return { words: 'Nothing to review yet', at: 'elsewhere' };
  if (unsaved > 0) return { words: 'The form has an error', at: 'form' };
  if (checked && checked.errors > 0)
    return { words: `${count(checked.errors, 'error')} to fix`, at: 'problems' };
  if (!connected) return { words: 'Connect to a server first', at: 'elsewhere' };
  // Requests may name their own project; the plan finds those that don’t.
  if (projectId === undefined && !text.namesProject)
    return { words: 'Choose a project first', at: 'project' };
  return undefined;
}
