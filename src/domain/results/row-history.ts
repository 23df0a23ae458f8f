import { count } from '#wire/text/figures.ts';
import type { QueueReason, RunEvent } from './run-event.ts';

/** One step in the history of a row. */
export interface HistoryStep {
  at: number;
  kind: 'sent' | 'answered' | 'found' | 'copies' | 'trouble' | 'refused' | 'waiting' | 'deleted';
  words: string;
}

const queueWords: Record<QueueReason, string> = {
  split: 'Sent again in a smaller part, to find the row that was refused',
  'safe-to-repeat': 'Sent again: the server refuses a second copy',
  resumed: 'Waiting again, since the run was resumed',
  'asked-for': 'Sent again, because you asked for it',
};

/** The history of a row in words, oldest first. */
export function historyOf(events: Iterable<RunEvent>, row: number): HistoryStep[] {
  const calls = new Set<number>();
  const steps: HistoryStep[] = [];
  for (const event of events) {
    if (event.type === 'staging-sent') {
      const { rows, sentAt } = event.staging;
      if (rows.includes(row))
        steps.push({
          at: sentAt,
          kind: 'sent',
          words: `Put on the server as a prediction, with ${count(rows.length - 1, 'other row')}`,
        });
    } else if (event.type === 'call-sent') {
      const { id, rows, sentAt, staging } = event.call;
      if (!rows.includes(row)) continue;
      calls.add(id);
      const others = rows.length - 1;
      const words =
        staging !== undefined
          ? 'The server was asked to make an annotation of the prediction'
          : others === 0
            ? 'Sent'
            : `Sent with ${count(others, 'other row')} of the same labels`;
      steps.push({ at: sentAt, kind: 'sent', words });
    } else {
      const isRefused = event.type === 'staging-failed' && event.refused?.includes(row);
      if (isRefused)
        steps.push({ at: event.at, kind: 'refused', words: `The server refused it: ${event.reason}` });
      const isAbout = 'call' in event ? calls.has(event.call) : 'rows' in event && event.rows.includes(row);
      const step = isAbout && stepOf(event, row);
      if (step) steps.push({ at: event.at, ...step });
    }
  }
  return steps;
}

type Happened = Exclude<RunEvent, { type: 'call-sent' | 'staging-sent' }>;

function stepOf(event: Happened, row: number): Omit<HistoryStep, 'at'> | undefined {
  switch (event.type) {
    case 'call-answered':
      return { kind: 'answered', words: 'The server answered: created' };
    case 'call-refused':
      return { kind: 'refused', words: `The server refused it: ${event.reason}` };
    case 'call-unconfirmed':
      return { kind: 'trouble', words: `No usable answer: ${event.reason}` };
    case 'call-not-processed':
      return { kind: 'waiting', words: `It didn’t reach the server: ${event.reason}` };
    case 'read-back':
      return readBackStep(event.found[event.rows.indexOf(row)]!.map(({ id }) => id));
    case 'read-back-failed':
      return { kind: 'trouble', words: `Couldn’t be read: ${event.reason}` };
    case 'suspects': {
      const ids = event.annotations[event.rows.indexOf(row)]!;
      return { kind: 'copies', words: `May be a second copy, or someone else’s: ${ids.join(', ')}` };
    }
    case 'not-found':
      return { kind: 'trouble', words: 'Not found in two reads, after the server’s time was over' };
    case 'refused':
      return { kind: 'refused', words: 'Refused; nothing was created' };
    case 'queued':
      return { kind: 'waiting', words: queueWords[event.why] };
    case 'left-unsent':
      return { kind: 'waiting', words: `Not sent: ${event.reason.replace(/^Not sent: /, '')}` };
    case 'undo-started':
      return { kind: 'deleted', words: 'Undo was started' };
    case 'deleted':
      return { kind: 'deleted', words: 'Deleted; it is no longer on the server' };
    case 'staging-counted':
    case 'staging-failed':
    case 'swept':
    case 'sweep-failed':
    case 'summary-refreshed':
    case 'started':
    case 'baseline':
    case 'delete-sent':
    case 'undo-finished':
    case 'looked-again':
    case 'stopped':
    case 'throttled':
    case 'token-renewed':
    case 'finished':
      return undefined;
  }
}

function readBackStep(ids: number[]): Omit<HistoryStep, 'at'> {
  if (ids.length === 0) return { kind: 'trouble', words: 'Looked for it: not on the task' };
  if (ids.length === 1) return { kind: 'found', words: `Verified on the server: annotation ${ids[0]}` };
  return { kind: 'copies', words: `Found ${ids.length} times: annotations ${ids.join(', ')}` };
}
