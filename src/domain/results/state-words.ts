import type { RowState } from './account.ts';

/** The states in the words of the screen, which files use as well. */
export const stateWords: Record<RowState, string> = {
  waiting: 'Waiting',
  'in-flight': 'Sending',
  unconfirmed: 'Checking',
  created: 'Created and verified',
  skipped: 'Skipped',
  refused: 'Refused',
  duplicated: 'Duplicated',
  'never-sent': 'Not sent',
  'not-found': 'Not found',
  unknown: 'Unknown',
  deleted: 'Deleted',
};
