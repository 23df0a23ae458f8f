import DarkModeIcon from '@mui/icons-material/DarkModeOutlined';
import LightModeIcon from '@mui/icons-material/LightModeOutlined';
import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';

/** Uses the system’s preference until the user chooses. */
export function ThemeToggle() {
  const { colorScheme, setMode } = useColorScheme();
  const other = colorScheme === 'dark' ? 'light' : 'dark';
  const label = `Switch to the ${other} theme`;
  return (
    <IconButton aria-label={label} title={label} onClick={() => setMode(other)}>
      {other === 'dark' ? <DarkModeIcon /> : <LightModeIcon />}
    </IconButton>
  );
}
