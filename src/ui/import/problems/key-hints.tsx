import Box from '@mui/material/Box';

const isMac = navigator.userAgent.includes('Mac');
const mod = isMac ? '⌘' : 'Ctrl+';

const hints = [
  [isMac ? '⌃Space' : 'Ctrl+Space', 'field names and values'],
  [`${mod}Z`, 'undo'],
  [`${mod}F`, 'find'],
  ['F8', 'next problem'],
  ['Tab', 'leaves the editor'],
];

/** What the keyboard can do in the editor, where the problems will stand when there are some. */
export function KeyHints() {
  return (
    <Box
      component="dl"
      aria-label="Keys in the editor"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        columnGap: 6,
        rowGap: 1,
        m: 0,
        px: { xs: 3, sm: 4 },
        py: 2.5,
        typography: 'caption',
        color: 'text.secondary',
        '& > div': { display: 'flex', alignItems: 'baseline', gap: 2 },
        '& dt': { fontFamily: 'mono', color: 'text.primary' },
        '& dd': { m: 0 },
      }}
    >
      {hints.map(([key, does]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </Box>
  );
}
