import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';

interface RunSearchProps {
  search: string;
  onSearch: (search: string) => void;
  /** How many runs were found. */
  words: string;
}

export const RunSearch = ({ search, onSearch, words }: RunSearchProps) => (
  <Box
    sx={{
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: 2,
      p: 2,
      borderBottom: 1,
      borderColor: 'divider',
    }}
  >
    <OutlinedInput
      type="search"
      placeholder="File name, task ID or annotation ID"
      value={search}
      onChange={(event) => onSearch(event.target.value)}
      startAdornment={<SearchIcon aria-hidden sx={{ color: 'text.secondary', mr: 1.5 }} />}
      slotProps={{ input: { 'aria-label': 'Search runs' } }}
      sx={{ width: { xs: 1, sm: 360 } }}
    />
    <Box role="status" sx={{ ml: 'auto', typography: 'caption', color: 'text.secondary' }}>
      {words}
    </Box>
  </Box>
);
