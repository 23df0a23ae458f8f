import Box from '@mui/material/Box';
import type { RowPreview } from '#engine/tasks/row-previews.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { RowPreviewView } from './row-preview.tsx';

interface QueriedPreviewProps {
  /** `null`: there is nothing to preview. */
  shown: RowPreview | null | undefined;
  isLoading: boolean;
  /** Why there may be no preview, and what to do. */
  none: string;
}

/** The preview that a query gives: while it loads, the row on its task, or why there is none. */
export const QueriedPreview = ({ shown, isLoading, none }: QueriedPreviewProps) => (
  <Box sx={{ p: 4 }}>
    {isLoading ? (
      <Waiting>Loading the task …</Waiting>
    ) : shown ? (
      <RowPreviewView key={shown.task?.id} shown={shown} />
    ) : (
      <Box sx={{ color: 'text.secondary' }}>{none}</Box>
    )}
  </Box>
);
