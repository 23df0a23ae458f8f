import Box from '@mui/material/Box';

interface KeysProps {
  label: string;
  keys: readonly (readonly [key: string, does: string])[];
}

/** Keyboard shortcuts, shown if there is room. */
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
  columnGap: 4,
  m: 0,
  color: 'text.secondary',
  '& > div': { display: 'flex', gap: 1.5 },
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
