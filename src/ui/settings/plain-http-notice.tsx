import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';

/** Which features browsers disable on plain http pages, except on localhost. */
export const PlainHttpNotice = () => (
  <Alert severity="warning" sx={{ mt: 6 }}>
    <AlertTitle component="h2">This page isn’t on https, so some things are missing</AlertTitle>
    <Box component="ul" sx={{ m: 0, pl: 5, display: 'grid', gap: 1 }}>
      <li>Your token and your data cross the network unencrypted.</li>
      <li>The browser may delete drafts and runs when the disk gets full. Download your results.</li>
      <li>The Paste and Copy buttons don’t work. Use the keyboard instead.</li>
      <li>If a tab crashes during a run, wait ten seconds before you resume the run.</li>
    </Box>
    <Box sx={{ mt: 2 }}>Open Sheaf’s https address if it has one, or run Sheaf on your own computer.</Box>
  </Alert>
);
