import { useId } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { count, figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

interface ReviewActionProps {
  annotations: number;
  /** Why it cannot be done yet. */
  whyNot: string | undefined;
  onReview: () => void;
  /** How many requests or rows are good, where the others keep the batch from its review. */
  good: number;
  onReviewGood: () => void;
  /** Pressed although it cannot be done: leads to what stands in the way. */
  onRefused: () => void;
}

/** The one main action. It can be pressed even when it can do nothing, because it then leads to the reason. */
export function ReviewAction({
  annotations,
  whyNot,
  onReview,
  good,
  onReviewGood,
  onRefused,
}: ReviewActionProps) {
  const id = useId();
  const isRefused = whyNot !== undefined;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 3,
        ml: 'auto',
        // The reasons differ in length; the toolbar's lines must not.
        flex: { xs: '1 0 100%', md: good > 0 ? '1 0 312px' : '1 0 410px' },
      }}
    >
      <Box
        id={id}
        role="status"
        sx={{
          typography: 'body2',
          color: 'text.secondary',
          textAlign: 'right',
          // Between a toolbar of several lines and a wide one there is no room for it beside two buttons that say as much.
          ...(good > 0 && { '@media (min-width: 900px) and (max-width: 1439px)': visuallyHidden }),
        }}
      >
        {whyNot}
      </Box>
      {good > 0 && (
        <Button variant="outlined" onClick={onReviewGood} sx={oneLine}>
          {good === 1 ? 'Review 1 valid row' : `Review ${figure(good)} valid rows`}
        </Button>
      )}
      <Button
        variant="contained"
        aria-disabled={isRefused}
        aria-describedby={id}
        onClick={isRefused ? onRefused : onReview}
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
    // How many that are stands beside it.
    if (good > 0) return 'Review all';
    return annotations > 0 ? `Review ${count(annotations, 'annotation')}` : 'Review annotations';
  }
}

const oneLine = { flex: 'none', whiteSpace: 'nowrap' } as const;
