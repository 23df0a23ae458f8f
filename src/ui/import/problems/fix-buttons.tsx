import { Fragment } from 'react';
import type { PlacedProblem } from '#wire/problem.ts';
import Button from '@mui/material/Button';
import { figure } from '#ui/components/numbers.ts';

/** One problem, or all problems with the same fix. */
export type FixScope = 'one' | 'alike';

interface FixButtonsProps {
  problem: PlacedProblem | undefined;
  onFix: (problem: PlacedProblem, scope: FixScope) => void;
}

/** Buttons that apply a problem’s fix to it alone or to all similar problems. */
export function FixButtons({ problem, onFix }: FixButtonsProps) {
  if (problem?.fix === undefined) return null;
  const { fix, alike = 1 } = problem;
  const { or, ...first } = fix;
  const fixes = or === undefined ? [fix] : [first, { ...or, path: fix.path }];
  return fixes.map((one) => (
    <Fragment key={one.words}>
      <Button size="small" variant="outlined" onClick={() => onFix({ ...problem, fix: one }, 'one')}>
        {one.words}
      </Button>
      {alike > 1 && (
        <Button size="small" variant="outlined" onClick={() => onFix({ ...problem, fix: one }, 'alike')}>
          {one.alike ?? one.words} in all {figure(alike)}
        </Button>
      )}
    </Fragment>
  ));
}
