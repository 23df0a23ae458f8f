import { useState } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';

interface CopyButtonProps {
  /** The button’s name, such as `Copy the command`. */
  label: string;
  /** Called when pressed, because the text may be large. */
  text: () => string | Promise<string>;
  /** Shows the label instead of an icon. */
  worded?: boolean;
  disabled?: boolean;
}

type Result = 'copied' | 'failed' | undefined;

export function CopyButton({ label, text, worded = false, disabled = false }: CopyButtonProps) {
  const [result, setResult] = useState<Result>();

  async function copy() {
    try {
      // A promise inside the item keeps the click’s permission while the text is created.
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': plain(text()) })]);
      setResult('copied');
    } catch {
      // Refused by the browser or its user.
      setResult('failed');
    }
    setTimeout(setResult, 2000, undefined);
  }

  const icon = result === 'copied' ? <CheckIcon /> : <ContentCopyIcon />;
  const status = result && (result === 'copied' ? 'Copied' : 'Copying isn’t allowed');
  const onClick = () => void copy();

  if (worded) {
    return (
      <Button variant="outlined" startIcon={icon} onClick={onClick} disabled={disabled}>
        <span aria-live="polite">{status ?? label}</span>
      </Button>
    );
  }
  return (
    <IconButton aria-label={status ?? label} title={status ?? label} onClick={onClick} disabled={disabled}>
      {icon}
    </IconButton>
  );
}

async function plain(text: string | Promise<string>) {
  return new Blob([await text], { type: 'text/plain' });
}
