import Box from '@mui/material/Box';
import { CopyButton } from '#ui/components/inputs/copy-button.tsx';

/** A sentence whose commands stand in back-quotes: each becomes code with a button that copies it. */
export function TextWithCode({ children }: { children: string }) {
  return children.split('`').map((part, index) => (
    // Every second part stood between back-quotes. The parts of one sentence never change places.
    // oxlint-disable-next-line react/no-array-index-key
    <Part key={index} isCode={index % 2 === 1} text={part} />
  ));
}

function Part({ text, isCode }: { text: string; isCode: boolean }) {
  if (!isCode) return text;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', maxWidth: 1 }}>
      <Code>{text}</Code>
      <CopyButton label={`Copy ${text}`} text={() => text} />
    </Box>
  );
}

export function Code({ children }: { children: string }) {
  return (
    <Box
      component="code"
      sx={{
        px: 1.5,
        py: 0.5,
        borderRadius: 1,
        bgcolor: 'sunken.main',
        overflowWrap: 'anywhere',
        minWidth: 0,
      }}
    >
      {children}
    </Box>
  );
}
