import { firstLineOf } from '#wire/text/text-version.ts';
import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { emptyText } from './text-on-screen.ts';
import type { WorkbenchStore } from './workbench.ts';

/* Texts and checks for specs. */

/** A text that is whole on screen. */
export const textOf = (text: string, more: Partial<TextOnScreen> = {}): TextOnScreen => ({
  ...emptyText,
  edition: 1,
  length: text.length,
  firstLine: firstLineOf(text),
  namesProject: text.includes('"project"'),
  part: { text, from: 0, to: text.length, firstLine: 1 },
  ...more,
});

/** Types a text over the one on the workbench. */
export function retype({ get, type }: WorkbenchStore, put: string) {
  const { edition, length } = get().text;
  type({ edition, edits: [{ from: 0, to: length, put }], typing: { at: Date.now(), joins: false } });
}

/** The check of one valid request. */
export const checkOf = (more: Partial<CheckSummary> = {}): CheckSummary => ({
  format: 'request',
  entries: 1,
  rows: 1,
  errors: 0,
  warnings: 0,
  refused: 0,
  sourceErrors: 0,
  problems: [],
  problemGroups: [],
  moreGroups: 0,
  truncated: false,
  notChecked: [],
  reading: undefined,
  gridRows: undefined,
  ...more,
});
