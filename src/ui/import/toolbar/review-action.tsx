import { useEffect, useEffectEvent, useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { count } from '#ui/components/numbers.ts';
import { hiddenBelow, hiddenOnPhone } from '#ui/components/visually-hidden.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { isGrid } from '#ui/import/use-place.ts';
import { ErrorsButton } from './errors-button.tsx';
import { countValidRows, findReviewBlocker } from './review-blocker.ts';

export interface ReviewActionProps {
  onReview: () => void;
  /** Reviews the valid rows only. */
  onReviewValidRows: () => void;
}

/**
 * The main action: reviews all rows, or the valid ones. It stays enabled when the review is blocked, and then leads to
 * the cause.
 */
export function ReviewAction({ onReview, onReviewValidRows }: ReviewActionProps) {
  const { queue, checked } = useBatch();
  const { view, rail } = useNavigation();
  // On a narrow window, the grid’s button for problems has the number.
  const hasErrorsInBar = view === 'form' && isGrid(checked) && !rail.isBeside;
  const { blocker, validRows, goToBlocker } = useReviewBlocker();
  const id = useId();
  const isBlocked = blocker !== undefined && validRows === 0;
  const annotations = checked?.rows ?? 0;
  const number = validRows > 0 ? validRows : annotations;
  const noun = number === 0 ? 'annotations' : count(number, validRows > 0 ? 'valid row' : 'annotation');
  const figureEnd = number === 0 ? 0 : noun.indexOf(' ');

  function review() {
    if (isBlocked) return goToBlocker();
    void queue.settled().then(validRows > 0 ? onReviewValidRows : onReview);
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isKey = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey;
    const isOver = (event.target as Element | null)?.closest('[role=dialog], [role=menu]');
    if (!isKey || isOver || event.defaultPrevented || view !== 'form' || isGrid(checked)) return;
    event.preventDefault();
    review();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <Box sx={group}>
      <Box id={id} role="status" sx={why}>
        {validRows === 0 && blocker?.words}
      </Box>
      {validRows > 0 && !hasErrorsInBar && (
        <ErrorsButton errors={checked?.errors ?? 0} more=" to fix" onClick={goToBlocker} />
      )}
      <Button
        variant="contained"
        aria-disabled={isBlocked}
        aria-describedby={id}
        onClick={review}
        sx={{
          position: 'relative',
          flex: 'none',
          '&[aria-disabled=true], &[aria-disabled=true]:hover': {
            bgcolor: 'sunken.main',
            boxShadow: 'none',
            color: 'text.disabled',
          },
        }}
      >
        <span>
          Review
          {/* On a phone, the reason takes its place. */}
          <Box component="span" sx={isBlocked ? hiddenOnPhone : null}>
            {' '}
            {noun.slice(0, figureEnd)}
            <Box component="span" sx={hiddenBelow(360)}>
              {noun.slice(figureEnd)}
            </Box>
          </Box>
        </span>
      </Button>
    </Box>
  );
}

const group = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: { xs: 1.5, sm: 2 },
  ml: 'auto',
  flex: { xs: '1 1 0', md: '1 0 auto' },
} as const;

/** Two short lines on a phone. */
const why = {
  minWidth: 0,
  typography: { xs: 'caption', sm: 'body2' },
  lineHeight: { xs: 1.2, sm: 1.5 },
  color: 'text.secondary',
  textAlign: 'right',
} as const;

/** What blocks the review, and a function that navigates to it. */
function useReviewBlocker() {
  const batch = useBatch();
  const { view, entry, summary, projectInput, showInText, goToEntry, showAllProblems } = useNavigation();
  const blocker = findReviewBlocker(batch);

  function goToBlocker() {
    const errors = batch.checked?.problems.filter(({ severity }) => severity === 'error') ?? [];
    const first = errors[0];
    showAllProblems();
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
