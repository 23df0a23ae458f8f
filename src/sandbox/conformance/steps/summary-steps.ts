import { type Step, ask } from './ask.ts';

/** How it all adds up. */
export const summarySteps: Step[] = [
  ask('the counters of the projects', 'GET /api/projects/counts/'),
  ask('the summary', 'GET /api/projects/1/summary/'),
];
