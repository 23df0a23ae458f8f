import type { BatchPart } from './batch/batch-part.ts';
import type { RunsPart } from './runs/runs-part.ts';
import type { SessionPart } from './session/session-part.ts';
import type { TasksPart } from './tasks/tasks-part.ts';

/**
 * All calls of the screen. The engine runs in a worker, so that no script on the page can read the token and a million
 * rows don’t freeze the page. Every call is asynchronous.
 */
export interface Engine {
  session: SessionPart;
  batch: BatchPart;
  tasks: TasksPart;
  runs: RunsPart;
}
