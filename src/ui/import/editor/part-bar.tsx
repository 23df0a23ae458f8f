import { useMemo, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { TextPart } from '#domain/text/text-window.ts';
import { figure } from '#ui/components/numbers.ts';
import { onlyWhenSlow } from '#ui/components/feedback/waiting.tsx';

interface PartBarProps {
  part: TextPart;
  /** The whole text's length. */
  length: number;
  /** True while another part is loading. */
  isAsking: boolean;
  onEarlier: () => void;
  onLater: () => void;
  onLine: (line: number) => void;
}

/** Shows which part of a large text is visible, and moves to others. */
export function PartBar({ part, length, isAsking, onEarlier, onLater, onLine }: PartBarProps) {
  const { from, to, firstLine, text } = part;
  const lastLine = useMemo(() => firstLine + lineEndsIn(text.slice(0, -1)), [firstLine, text]);
  const [typed, setTyped] = useState('');
  return (
    <Box
      role="group"
      aria-label="Part of the text"
      aria-busy={isAsking}
      sx={{
        flex: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 3,
        rowGap: 1,
        px: { xs: 3, sm: 4 },
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        typography: 'body2',
      }}
    >
      <Box role="status" sx={{ flex: '1 1 260px' }}>
        Lines {figure(firstLine)}–{figure(lastLine)} of a large text, {share(to - from, length)} of it.{' '}
        {isAsking ? (
          <Box component="span" sx={onlyWhenSlow}>
            Loading another part …
          </Box>
        ) : (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            All of it is checked and sent.
          </Box>
        )}
      </Box>
      <Button size="small" onClick={onEarlier} disabled={from === 0}>
        Earlier
      </Button>
      <Button size="small" onClick={onLater} disabled={to >= length}>
        Later
      </Button>
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          const line = Number(typed);
          if (Number.isInteger(line) && line > 0) onLine(line);
        }}
        sx={{ display: 'flex', gap: 2 }}
      >
        <OutlinedInput
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          inputMode="numeric"
          placeholder="Line"
          slotProps={{ input: { 'aria-label': 'Line to go to' } }}
          sx={{ width: '7rem' }}
        />
        <Button size="small" type="submit">
          Go
        </Button>
      </Box>
    </Box>
  );
}

function share(shown: number, length: number): string {
  const percent = (shown / length) * 100;
  return percent < 1 ? 'less than 1 %' : `${Math.round(percent)} %`;
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
