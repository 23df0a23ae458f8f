import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';
import { RepairDialog } from './repair-dialog.tsx';
import { useBatch, useBatchActions } from '#ui/import/batch-context.tsx';
import { describeRepair } from './repair-dialog.tsx';

/** Offers to repair almost valid JSON. Nothing changes before the user has seen and accepted it. */
export function RepairAction() {
  const { checked, checking } = useBatch();
  const { repair } = useBatchActions();
  const engine = useEngine();
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const isWanted = checked !== undefined && hasSyntaxErrors(checked);
  const { data } = useQuery({
    queryKey: ['repair', checked && objectId(checked)],
    // A query can’t return undefined.
    queryFn: async () => (await engine.batch.previewRepair()) ?? null,
    enabled: isWanted && !checking,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  // The button disappears with the problem; the focus stays in its place.
  if (!isWanted || !data) return isDone ? <Box ref={takeLostFocus} tabIndex={-1} /> : null;

  function apply(words: string) {
    setOpen(false);
    setDone(true);
    repair(words);
  }

  return (
    <>
      <Button size="small" variant="outlined" onClick={() => setOpen(true)}>
        Show repair
      </Button>
      <RepairDialog
        repair={data}
        open={isOpen}
        waiting={checking}
        onApply={() => apply(`Repaired: ${describeRepair(data)}.`)}
        onKeep={() => setOpen(false)}
      />
    </>
  );
}

/** True if all of the text, or some of its lines, isn’t valid JSON. */
const hasSyntaxErrors = ({ format, problemGroups }: CheckSummary) =>
  format === 'unreadable' || problemGroups.some(({ code }) => code.startsWith('json-'));
