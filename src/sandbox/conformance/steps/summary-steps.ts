import { type Step, ask } from './ask.ts';

/** Totals after all other steps. */
export const summarySteps: Step[] = [
  ask('the counters of the projects', 'GET /api/projects/counts/'),
  ask('the summary', 'GET /api/projects/1/summary/'),
];
