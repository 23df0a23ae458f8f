import { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Paper, { type PaperProps } from '@mui/material/Paper';

/** Options that an Autocomplete renders at once. Beyond this many, users search. */
const maxOptions = 100;

/** Lists the first options that match what was typed. */
export const filterLongOptions = <Option,>(stringify?: (option: Option) => string) =>
  createFilterOptions<Option>({ limit: maxOptions, ...(stringify && { stringify }) });

/** The list of an Autocomplete with more options than it renders. */
function LongOptionsPaper({ children, ...paper }: PaperProps) {
  return (
    <Paper {...paper}>
      {children}
      <Box
        sx={{
          px: 4,
          py: 1.5,
          borderTop: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          typography: 'caption',
        }}
      >
        At most {maxOptions} are listed. Type to find others.
      </Box>
    </Paper>
  );
}

/** For the `slots` of an Autocomplete with this many options. */
export const slotsForOptions = (options: number) => (options > maxOptions ? { paper: LongOptionsPaper } : {});
