import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { objectId } from '#ui/state/object-id.ts';
import { RepairDialog } from './repair-dialog.tsx';
import { describeRepair } from './repair-dialog.tsx';

interface RepairActionProps {
  checked: CheckSummary | undefined;
  checking: boolean;
  /** Makes the repair; `words` say what it was. */
  onRepair: (words: string) => void;
}

/** The way out of a text that is almost JSON, where there is one: nothing is changed before it was shown and agreed to. */
export function RepairAction({ checked, checking, onRepair }: RepairActionProps) {
  const engine = useEngine();
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const isWanted = checked !== undefined && isWrittenWrongly(checked);
  const { data } = useQuery({
    queryKey: ['repair', checked && objectId(checked)],
    // A query's answer may not be undefined.
    queryFn: async () => (await engine.batch.previewRepair()) ?? null,
    enabled: isWanted && !checking,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  // The button goes with the mistake; whoever has pressed it goes on from its place.
  if (!isWanted || !data) return isDone ? <Box ref={takeLostFocus} tabIndex={-1} /> : null;

  function apply(words: string) {
    setOpen(false);
    setDone(true);
    onRepair(words);
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

/** All of it, or some of its lines: the words for what is wrong come with each problem. */
const isWrittenWrongly = ({ shape, kinds }: CheckSummary) =>
  shape === 'unreadable' || kinds.some(({ code }) => code.startsWith('json-'));
