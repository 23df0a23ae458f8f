import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { ColumnProfile, ProfiledValue } from '#domain/parse/mapping/column-profile.ts';
import { limits } from '#wire/limits.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

interface ColumnValuesProps {
  name: string;
  profile: ColumnProfile | undefined;
  /** Lists only rows with this value. */
  onOnly: (words: string) => void;
}

/** The most frequent values of a column, each with its number of rows. */
export function ColumnValues({ name, profile, onOnly }: ColumnValuesProps) {
  const most = profile?.values[0]?.rows ?? 1;
  return (
    <Box sx={{ px: 4, pb: 2, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ typography: 'caption', overflowWrap: 'anywhere' }}>
        {name} · {profile === undefined ? 'counting …' : summaryOf(profile)}
      </Box>
      {profile?.values.map((value) => (
        <ValueBar key={value.text} value={value} most={most} onOnly={onOnly} />
      ))}
    </Box>
  );
}

function summaryOf({ rows, filled, distinct }: ColumnProfile): string {
  if (filled === 0) return 'empty';
  const blank = rows - filled;
  return [`${figure(distinct)} different`, ...(blank > 0 ? [`${figure(blank)} empty`] : [])].join(', ');
}

interface ValueBarProps extends Pick<ColumnValuesProps, 'onOnly'> {
  value: ProfiledValue;
  most: number;
}

function ValueBar({ value: { text, rows }, most, onOnly }: ValueBarProps) {
  const isCut = text.length >= limits.shownUnits;
  return (
    <ButtonBase disabled={isCut} onClick={() => onOnly(text)} sx={bar}>
      <Box component="span" sx={visuallyHidden}>
        Only rows with{' '}
      </Box>
      <Box component="span" sx={oneLine} title={text}>
        {text}
      </Box>
      <Box aria-hidden sx={{ flex: 1 }}>
        <Box
          sx={{ height: 6, borderRadius: 1, bgcolor: 'idle.solid' }}
          style={{ width: `${(rows / most) * 100}%` }}
        />
      </Box>
      <Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
        {figure(rows)}
      </Box>
    </ButtonBase>
  );
}

const bar = {
  display: 'grid',
  width: 1,
  textAlign: 'left',
  borderRadius: 1,
  '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
  gridTemplateColumns: 'minmax(2rem, 9rem) 1fr auto',
  alignItems: 'center',
  columnGap: 2,
  typography: 'caption',
  lineHeight: 1.6,
} as const;
