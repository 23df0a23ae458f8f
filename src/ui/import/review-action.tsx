import { useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { count, figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { useBatch, useNavigation } from './batch-context.tsx';
import { countValidRows, findReviewBlocker } from './review-blocker.ts';

export interface ReviewActionProps {
  onReview: () => void;
  /** Reviews the valid rows only. */
  onReviewValidRows: () => void;
}

/** The main action. It stays enabled when the review is blocked, and then leads to the reason. */
export function ReviewAction({ onReview, onReviewValidRows }: ReviewActionProps) {
  const { queue, checked } = useBatch();
  const { blocker, validRows, goToBlocker } = useReviewBlocker();
  const id = useId();
  const isBlocked = blocker !== undefined;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 3,
        ml: 'auto',
        // A fixed width, so that reasons of different length don't reflow the toolbar.
        flex: { xs: '1 0 100%', md: validRows > 0 ? '1 0 312px' : '1 0 410px' },
      }}
    >
      <Box
        id={id}
        role="status"
        sx={{
          typography: 'body2',
          color: 'text.secondary',
          textAlign: 'right',
          // At medium widths there is no room for it beside two buttons that say the same.
          ...(validRows > 0 && { '@media (min-width: 900px) and (max-width: 1439px)': visuallyHidden }),
        }}
      >
        {blocker?.words}
      </Box>
      {validRows > 0 && (
        <Button variant="outlined" onClick={() => void queue.settled().then(onReviewValidRows)} sx={oneLine}>
          {validRows === 1 ? 'Review 1 valid row' : `Review ${figure(validRows)} valid rows`}
        </Button>
      )}
      <Button
        variant="contained"
        aria-disabled={isBlocked}
        aria-describedby={id}
        onClick={isBlocked ? goToBlocker : () => void queue.settled().then(onReview)}
        sx={{
          ...oneLine,
          '&[aria-disabled=true], &[aria-disabled=true]:hover': {
            bgcolor: 'sunken.main',
            boxShadow: 'none',
            color: 'text.disabled',
          },
        }}
      >
        {label()}
      </Button>
    </Box>
  );

  function label() {
    // The text beside the button has the number.
    if (validRows > 0) return 'Review all';
    const annotations = checked?.rows ?? 0;
    return annotations > 0 ? `Review ${count(annotations, 'annotation')}` : 'Review annotations';
  }
}

const oneLine = { flex: 'none', whiteSpace: 'nowrap' } as const;

/** What blocks the review, and a function that leads there. */
function useReviewBlocker() {
  const batch = useBatch();
  const { view, entry, summary, projectInput, showInText, goToEntry } = useNavigation();
  const blocker = findReviewBlocker(batch);

  function goToBlocker() {
    const errors = batch.checked?.problems.filter(({ severity }) => severity === 'error') ?? [];
    const first = errors[0];
    switch (blocker?.at) {
      case 'project':
        return projectInput.current?.focus();
      case 'text':
        return view === 'json' ? summary.focus() : showInText(first);
      case 'problems':
        if (view === 'json' || first?.entry === undefined) return summary.focus();
        if (errors.some((error) => error.entry === entry)) return summary.focus();
        return goToEntry(first.entry);
      case 'form':
        return summary.focus();
      case 'elsewhere':
      case undefined:
    }
  }

  return { blocker, validRows: countValidRows(batch), goToBlocker };
}
