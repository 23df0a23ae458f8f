import { createContext, use } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import { figure } from '#ui/components/numbers.ts';
import { QueriedPreview } from '#ui/preview/queried-preview.tsx';
import { Steps } from '#ui/preview/steps.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** The index of the previewed task within the set. */
export const PreviewedTask = createContext<{ place: number; onPlace: (place: number) => void }>({
  place: 0,
  onPlace: () => {},
});

/** Previews a set of labels on one of its tasks. */
export function TaskPreview({ checked, entry }: { checked: CheckSummary; entry: number }) {
  const { place, onPlace } = use(PreviewedTask);
  const engine = useEngine();
  const { data: shown, isPending } = useQuery({
    queryKey: ['preview', objectId(checked), entry, place],
    queryFn: async () => (await engine.batch.preview(entry, place)) ?? null,
    // While a change is written, the previous preview stays.
    placeholderData: (last, query) => (query?.queryKey[2] === entry ? last : undefined),
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return (
    <Box role="group" aria-label="Preview" sx={{ typography: 'body2' }}>
      <Steps
        title="Preview"
        what="task"
        shown={shown && shown.tasks > 0 ? `Task ${figure(shown.place + 1)} of ${figure(shown.tasks)}` : ''}
        index={shown?.place ?? 0}
        count={shown?.tasks ?? 0}
        onGo={onPlace}
      />
      <QueriedPreview
        shown={shown}
        isLoading={isPending}
        none="No preview yet. Choose a project whose labels are known."
      />
    </Box>
  );
}
