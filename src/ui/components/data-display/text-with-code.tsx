import Box from '@mui/material/Box';
import { CopyButton } from '#ui/components/inputs/copy-button.tsx';

/** A sentence in which each command in backquotes becomes code with a copy button. */
export function TextWithCode({ children }: { children: string }) {
  return children.split('`').map((part, index) => (
    // Odd parts were in backquotes. Parts never change order, so the index is a stable key.
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
