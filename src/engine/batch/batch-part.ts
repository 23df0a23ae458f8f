import type { CurrentSession } from '#engine/session/open-session.ts';
import type { Batch } from './batch.ts';
import { checkCalls } from './check-calls.ts';
import { formCalls } from './form-calls.ts';
import { gridCalls } from './grid-calls.ts';
import { matchCalls } from './match-calls.ts';
import { previewCalls } from './preview-calls.ts';
import { proposalCalls } from './proposal-calls.ts';
import type { ProjectConfigs } from './project-configs.ts';
import { rewriteCalls } from './rewrite-calls.ts';
import { sampleCalls } from './sample-calls.ts';
import { textCalls } from './text-calls.ts';

export type BatchPart = ReturnType<typeof createBatchPart>;

/** Everything a screen can ask of the batch: its text, its check, its form, its grid, and samples to start from. */
export function createBatchPart(
  batch: Batch,
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
) {
  return {
    ...textCalls(batch.text),
    ...checkCalls(batch),
    ...formCalls(batch),
    ...gridCalls(batch),
    ...matchCalls(batch),
    ...proposalCalls(batch, current, currentConfigs),
    ...rewriteCalls(batch),
    ...previewCalls(batch, current),
    ...sampleCalls(batch, current),
  };
}
