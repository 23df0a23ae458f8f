import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { PlacedProblem } from '#domain/problems/problem.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';

interface UnreadableTextProps {
  problem: PlacedProblem | undefined;
  onShowInText: (place: PlacedProblem) => void;
  /** The way out, where there is a certain one. */
  repair: ReactNode;
}

/** The form has nothing to show while the text is no JSON. Nothing of it is lost; it wants mending where it stands. */
export function UnreadableText({ problem, onShowInText, repair }: UnreadableTextProps) {
  const where = problem ? ` at line ${problem.line}, column ${problem.column}` : '';
  return (
    <EmptyState
      title={`The text has a mistake${where}`}
      action={
        problem && (
          <>
            <Button variant="outlined" onClick={() => onShowInText(problem)}>
              Go to the mistake
            </Button>
            {repair}
          </>
        )
      }
    >
      <Box>{problem?.message}</Box>
      <Box sx={{ mt: 2 }}>The form is back as soon as the text can be read. Nothing of it is lost.</Box>
    </EmptyState>
  );
}
