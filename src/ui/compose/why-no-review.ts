import type { Checked } from '#domain/checked.ts';
import { count } from '#ui/shared/numbers.ts';

interface Batch {
  text: string;
  checked: Checked | undefined;
  connected: boolean;
  projectId: number | undefined;
  /** How much stands in the form that is not in the text. */
  unwritten: number;
}

export const noProject = 'Choose a project first.';

/** Why the batch cannot be reviewed yet, in the order in which a manager can do something about it. */
export function whyNoReview({ text, checked, connected, projectId, unwritten }: Batch): string | undefined {
  if (checked?.shape === 'unreadable') return 'The text has a mistake.';
  if (text.trim() === '' || checked?.entries === 0) return 'There is nothing to review yet.';
  if (unwritten > 0) return 'The form has a mistake.';
  if (checked && checked.errors > 0) return `${count(checked.errors, 'error')} to mend first.`;
  if (!connected) return 'Connect to a server first.';
  // A request may name its own; whether all of them do is the plan's to say.
  if (projectId === undefined && !text.includes('"project"')) return noProject;
  return undefined;
}
