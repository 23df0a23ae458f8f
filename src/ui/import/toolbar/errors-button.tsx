import ErrorIcon from '@mui/icons-material/Error';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { count, figure } from '#ui/components/numbers.ts';
import { hiddenBelow, hiddenOnPhone, phoneOnly } from '#ui/components/visually-hidden.ts';

interface ErrorsButtonProps {
  errors: number;
  /** Follows “11 errors”. */
  more?: string;
  onClick: () => void;
  opensDialog?: boolean;
}

/** The number of errors; on a phone without its words. */
export function ErrorsButton({ errors, more = '', onClick, opensDialog = false }: ErrorsButtonProps) {
  const number = figure(errors);
  const icon = <ErrorIcon color="error" fontSize="small" sx={opensDialog ? {} : phoneOnly} />;
  return (
    <Button
      variant={opensDialog ? 'outlined' : 'text'}
      {...(opensDialog && { 'aria-haspopup': 'dialog' })}
      onClick={onClick}
      sx={{ position: 'relative', gap: 2 }}
    >
      {icon}
      <span>
        {number}
        <Box component="span" sx={hiddenOnPhone}>
          {count(errors, 'error').slice(number.length)}
        </Box>
        <Box component="span" sx={hiddenBelow('lg')}>
          {more}
        </Box>
      </span>
    </Button>
  );
}
