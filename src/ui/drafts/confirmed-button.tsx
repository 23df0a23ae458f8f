import { useRef, useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

interface ConfirmedButtonProps {
  /** Replaces the button while asking. */
  question: string;
  onConfirm: () => void;
  children: ReactNode;
}

/** A small button for an irreversible action. It asks once, in place. */
export function ConfirmedButton({ question, onConfirm, children }: ConfirmedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);

  if (!isAsking) {
    return (
      <Button
        size="small"
        ref={(element) => {
          button.current = element;
          if (hadFocus.current) element?.focus();
          hadFocus.current = false;
        }}
        onClick={() => setAsking(true)}
      >
        {children}
      </Button>
    );
  }

  const keep = () => {
    hadFocus.current = true;
    setAsking(false);
  };
  return (
    <Box
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Keeps a surrounding dialog open.
        event.stopPropagation();
        keep();
      }}
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', typography: 'body2' }}
    >
      <Box component="span" sx={{ mx: 2 }}>
        {question}
      </Box>
      <Button size="small" color="error" onClick={onConfirm}>
        Delete
      </Button>
      <Button size="small" autoFocus onClick={keep}>
        Keep
      </Button>
    </Box>
  );
}
