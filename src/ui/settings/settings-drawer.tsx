import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { Settings, type SettingsProps } from './settings.tsx';

interface SettingsDrawerProps extends Omit<SettingsProps, 'action'> {
  onClose: () => void;
}

/** The settings in a drawer. */
export function SettingsDrawer({ onClose, ...settings }: SettingsDrawerProps) {
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{ paper: { 'aria-labelledby': 'settings-title', sx: { width: 1, maxWidth: 440 } } }}
    >
      <Box
        sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', px: 5, pt: 4, pb: 3 }}
      >
        <Typography id="settings-title" variant="h1">
          {settings.connection ? 'Connection' : 'Connect to Label Studio'}
        </Typography>
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </Box>
      <Box sx={{ px: 5, pb: 6 }}>
        <Settings {...settings} />
      </Box>
    </Drawer>
  );
}
