import type { PlacedProblem } from '#wire/problem.ts';
import Button from '@mui/material/Button';
import { figure } from '#ui/components/numbers.ts';

/** Mends this one problem, or everything that is wrong in the same way. */
export type OnFix = (problem: PlacedProblem, scope: 'one' | 'alike') => void;

interface FixButtonsProps {
  problem: PlacedProblem | undefined;
  onFix: OnFix;
}

/** The certain way out of a problem, where there is one: for it alone, and for all that are like it. */
export function FixButtons({ problem, onFix }: FixButtonsProps) {
  if (problem?.fix === undefined) return null;
  const { fix, alike = 1 } = problem;
  return (
    <>
      <Button size="small" variant="outlined" onClick={() => onFix(problem, 'one')}>
        {fix.words}
      </Button>
      {alike > 1 && (
        <Button size="small" variant="outlined" onClick={() => onFix(problem, 'alike')}>
          {fix.words} in all {figure(alike)}
        </Button>
      )}
    </>
  );
}
