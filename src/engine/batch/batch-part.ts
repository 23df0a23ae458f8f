import type { CurrentSession } from '#engine/session/open-session.ts';
import type { Batch } from './batch.ts';
import { appendCalls } from '#engine/batch/calls/append-calls.ts';
import { cellCalls } from '#engine/batch/calls/cell-calls.ts';
import { checkCalls } from '#engine/batch/calls/check-calls.ts';
import { exportCalls } from '#engine/batch/calls/export-calls.ts';
import { formCalls } from '#engine/batch/calls/form-calls.ts';
import { gridCalls } from '#engine/batch/calls/grid-calls.ts';
import { matchCalls } from '#engine/batch/calls/match-calls.ts';
import { previewCalls } from '#engine/batch/calls/preview-calls.ts';
import { proposalCalls } from '#engine/batch/calls/proposal-calls.ts';
import type { ProjectConfigs } from './project-configs.ts';
import { rewriteCalls } from '#engine/batch/calls/rewrite-calls.ts';
import { sampleCalls } from '#engine/batch/calls/sample-calls.ts';
import { textCalls } from '#engine/batch/calls/text-calls.ts';

export type BatchPart = ReturnType<typeof createBatchPart>;

/** All engine calls about the batch: text, check, form, grid and samples. */
export function createBatchPart(
  batch: Batch,
  current: CurrentSession,
  currentConfigs: () => ProjectConfigs | undefined,
) {
  return {
    ...textCalls(batch.text),
    ...checkCalls(batch),
    ...exportCalls(batch, current),
    ...formCalls(batch),
    ...gridCalls(batch),
    ...cellCalls(batch),
    ...appendCalls(batch),
    ...matchCalls(batch),
    ...proposalCalls(batch, current, currentConfigs),
    ...rewriteCalls(batch),
    ...previewCalls(batch, current),
    ...sampleCalls(batch, current),
  };
}
