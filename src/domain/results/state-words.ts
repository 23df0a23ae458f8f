import type { RowState } from './account.ts';

/** The row states as shown on screen and in files. */
const stateWords: Record<RowState, string> = {
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

/** `Not found at 14:02`, with the date unless it is that of `now`; files have no `now`. */
export function stateInWords(state: RowState, notFoundAt: number | undefined, now?: number): string {
  if (state !== 'not-found' || notFoundAt === undefined) return stateWords[state];
  const isToday = now !== undefined && dayOf(now) === dayOf(notFoundAt);
  return `${stateWords[state]} at ${minute.format(notFoundAt)}${isToday ? '' : ` on ${dayOf(notFoundAt)}`}`;
}

const minute = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

const dayOf = (at: number): string => day.format(at);
