import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { count } from '#ui/components/numbers.ts';
import { isBlank, namesProject } from '#ui/state/text-on-screen.ts';

interface Batch {
  text: TextOnScreen;
  checked: CheckSummary | undefined;
  connected: boolean;
  projectId: number | undefined;
  /** How much stands in the form that is not in the text. */
  unwritten: number;
}

export interface Hindrance {
  words: string;
  /** Where something can be done about it. */
  at: 'text' | 'form' | 'problems' | 'project' | 'elsewhere';
}

/** How many entries could be reviewed without those that have mistakes, where nothing but mistakes is in the way; else 0. */
export function goodOnes(batch: Batch): number {
  const { checked } = batch;
  if (checked === undefined || checked.errors === 0 || checked.sourceErrors > 0) return 0;
  if (whyNoReview({ ...batch, checked: { ...checked, errors: 0 } }) !== undefined) return 0;
  return checked.entries - checked.refused;
}

/** Why the batch cannot be reviewed yet, in the order in which a manager can do something about it. */
export function whyNoReview(batch: Batch): Hindrance | undefined {
  const { text, checked, connected, projectId, unwritten } = batch;
  if (checked?.shape === 'unreadable') return { words: 'The text has an error', at: 'text' };
  if (isBlank(text) || checked?.entries === 0) return { words: 'Nothing to review yet', at: 'elsewhere' };
  if (unwritten > 0) return { words: 'The form has an error', at: 'form' };
  if (checked && checked.errors > 0)
    return { words: `${count(checked.errors, 'error')} to fix`, at: 'problems' };
  if (!connected) return { words: 'Connect to a server first', at: 'elsewhere' };
  // A request may name its own; whether all of them do is the plan's to say.
  if (projectId === undefined && !namesProject(text))
    return { words: 'Choose a project first', at: 'project' };
  return undefined;
}
