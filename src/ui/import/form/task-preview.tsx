import { createContext, use } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import { figure } from '#ui/components/numbers.ts';
import { QueriedPreview } from '#ui/preview/queried-preview.tsx';
import { Steps } from '#ui/preview/steps.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';

/** The place among the tasks of the set of the one that is shown. */
export const PreviewedTask = createContext<{ place: number; onPlace: (place: number) => void }>({
  place: 0,
  onPlace: () => {},
});

/** A set of labels as it will look on one of its tasks. */
export function TaskPreview({ checked, entry }: { checked: CheckSummary; entry: number }) {
  const { place, onPlace } = use(PreviewedTask);
  const engine = useEngine();
  const { data: shown, isPending } = useQuery({
    queryKey: ['preview', objectId(checked), entry, place],
    queryFn: async () => (await engine.batch.preview(entry, place)) ?? null,
    // While it is written, the preview of the text before the last change stays.
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
