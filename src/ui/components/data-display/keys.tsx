import Box from '@mui/material/Box';

interface KeysProps {
  label: string;
  keys: readonly (readonly [key: string, does: string])[];
}

/** Keyboard shortcuts in one line, as many as fit beside what else is there. */
export const Keys = ({ label, keys }: KeysProps) => (
  <Box component="dl" aria-label={label} sx={style}>
    {keys.map(([key, does]) => (
      <div key={key}>
        <dt>{key}</dt>
        <dd>{does}</dd>
      </div>
    ))}
  </Box>
);

const style = {
  display: { xs: 'none', lg: 'flex' },
  // Only the room that nothing else takes. What doesn’t fit wraps to a second line, which is cut off.
  flex: '1 1 0',
  justifyContent: 'flex-end',
  flexWrap: 'wrap',
  minWidth: 0,
  height: '1.6em',
  overflow: 'hidden',
  columnGap: 4,
  m: 0,
  color: 'text.secondary',
  '& > div': { display: 'flex', alignItems: 'center', gap: 1.5, height: 1, whiteSpace: 'nowrap' },
  '& dt': {
    px: 1,
    border: 1,
    borderColor: 'outline.quiet',
    borderRadius: 1,
    fontFamily: 'mono',
    typography: 'caption',
  },
  '& dd': { m: 0 },
} as const;
