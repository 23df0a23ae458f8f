import { annotationSteps } from './annotation-steps.ts';
import { appSteps } from './app-steps.ts';
import { ask } from './ask.ts';
import { clientSteps } from './client-steps.ts';
import { exportSteps } from './export-steps.ts';
import { pickingSteps } from './picking-steps.ts';
import { readingSteps } from './reading-steps.ts';
import { stagedSteps } from './staged-steps.ts';

/** In order: later requests depend on what earlier ones created. */
export const allSteps = [
  ...readingSteps,
  ...annotationSteps,
  ...pickingSteps,
  ...appSteps,
  ...stagedSteps,
  ...exportSteps,
  ...clientSteps,
  // Totals after all other steps.
  ask('the counters of the projects', 'GET /api/projects/counts/'),
  ask('the summary', 'GET /api/projects/1/summary/'),
];
