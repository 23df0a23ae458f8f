import { expect, it } from 'vitest';
import { Batch } from '#engine/batch/batch.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { cellCalls } from './cell-calls.ts';

it('pastes a block with any number of rows, and counts those beyond the grid', async () => {
  const batch = new Batch(
    () => undefined,
    () => undefined,
  );
  batch.text.open(SourceText.of('task,mood\n1,a\n2,b\n'));
  const rows = 500_000;
  const pasted = await cellCalls(batch).pasteCells({
    text: 'x\n'.repeat(rows),
    row: 1,
    column: 1,
    listed: undefined,
  });
  expect(pasted).toMatchObject({ changed: 1, rows: 1, columns: 1, rowsBeyond: rows - 1, columnsBeyond: 0 });
  expect(batch.text.whole).toBe('task,mood\n1,a\n2,x\n');
});
