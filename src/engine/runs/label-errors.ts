import type { ProjectAnswer } from '#api/projects.ts';
import { readConfig } from '#config/read/read-config.ts';
import { bodyOf, rowsOfGroup } from '#domain/plan/planned-groups.ts';
import { stateOf, type RowState } from '#domain/results/account.ts';
import { problemsOfRegions } from '#domain/validate/check-request.ts';
import { labelsChanged } from '#engine/batch/project-configs.ts';
import type { RunContext } from '#run/run-context.ts';
import type { LiveRun } from './live-run.ts';

/** Rows in these states may be sent when a run is resumed. */
const openStates: ReadonlySet<RowState> = new Set([
  'waiting',
  'in-flight',
  'unconfirmed',
  'never-sent',
  'not-found',
  'unknown',
]);

/** 100,000 bodies take about six seconds, and an engine that is silent for five counts as dead. */
const pauseEveryMs = 200;

/** The first error of a row of this project that may still be sent, by the labels that the project has now. */
export async function firstLabelError(
  { plan, account }: Pick<LiveRun, 'plan' | 'account'>,
  { id, label_config }: Pick<ProjectAnswer, 'id' | 'label_config'>,
  isForBulk: boolean,
  { now, sleep }: Pick<RunContext, 'now' | 'sleep'>,
): Promise<string | undefined> {
  const read = readConfig(label_config ?? '');
  if (!read.ok) return read.problem.message;
  const { groups, projects } = plan;
  let pausedAt = now();
  for (let group = 0; group < groups.count; group += 1) {
    if (projects[groups.entry[group]!] !== id) continue;
    if (!rowsOfGroup(groups, group).some((row) => openStates.has(stateOf(account, row)))) continue;
    if (now() - pausedAt > pauseEveryMs) {
      await sleep(0);
      pausedAt = now();
    }
    const { result, was_cancelled } = bodyOf(groups, group);
    if (!Array.isArray(result)) continue;
    const options = { isForBulk, isSkipped: was_cancelled === true };
    const error = problemsOfRegions(read.config, result, options).find(
      ({ severity }) => severity === 'error',
    );
    if (error) return error.message;
  }
  return undefined;
}

/** Rows of a stored run don’t fit the labels of their project any more. */
export class LabelsChanged extends Error {
  /** The screen recognises it by its name. */
  override readonly name = 'LabelsChanged';

  constructor(project: ProjectAnswer, error: string) {
    super(`Nothing more was sent. ${labelsChanged(project)} ${error}`);
  }
}
