import DarkModeIcon from '@mui/icons-material/DarkModeOutlined';
import DnsIcon from '@mui/icons-material/DnsOutlined';
import LightModeIcon from '@mui/icons-material/LightModeOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { count } from '#ui/components/numbers.ts';
import { Steps, type Step } from './steps.tsx';
import { isBlank } from '#ui/state/text-on-screen.ts';
import type { Workbench } from '#ui/state/workbench-state.ts';

interface TopBarProps {
  screen: 'settings' | 'import' | 'review' | 'runs' | 'results';
  workbench: Workbench;
  isRunning: boolean;
  onSettings: () => void;
}

export function TopBar({ screen, workbench, isRunning, onSettings }: TopBarProps) {
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        columnGap: 6,
        flexWrap: 'wrap',
        px: { xs: 3, sm: 4 },
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, height: 48 }}>
        <Mark />
        <Typography
          component="span"
          sx={{ fontSize: 'h2.fontSize', fontWeight: 'fontWeightBold', letterSpacing: '-0.01em' }}
        >
          Sheaf
        </Typography>
      </Box>
      {/* On a narrow window, the steps wrap to a second line. */}
      <Box sx={{ order: { xs: 1, sm: 0 }, flexBasis: { xs: '100%', sm: 'auto' } }}>
        <Steps steps={steps(workbench, isRunning)} current={screen === 'results' ? 'runs' : screen} />
      </Box>
      <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 2, minWidth: 0 }}>
        {screen !== 'settings' && <ServerChip workbench={workbench} onClick={onSettings} />}
        <ThemeToggle />
      </Box>
    </Box>
  );
}

function steps(workbench: Workbench, isRunning: boolean): Step[] {
  const draft = { unavailable: 'Part of the form isn’t in the batch yet.' };
  const review = workbench.unsaved.length > 0 ? draft : whyNoReview(workbench);
  const { lastRun } = workbench;
  return [
    { screen: 'import', title: 'Import', to: { at: 'import' } },
    { screen: 'review', title: 'Review', ...review },
    // During a run, its page is more useful than the list.
    isRunning && lastRun
      ? { screen: 'runs', title: 'Runs', badge: '1', to: { at: 'run', id: lastRun.id } }
      : { screen: 'runs', title: 'Runs', to: { at: 'runs' } },
  ];
}

function whyNoReview({
  connection,
  text,
  checked,
  skipsInvalidRows,
}: Workbench): Pick<Step, 'to' | 'unavailable'> {
  if (isBlank(text)) return { unavailable: 'Nothing to review yet.' };
  if (!connection) return { unavailable: 'Connect to a server first.' };
  if (checked && checked.errors > 0 && !skipsInvalidRows)
    return { unavailable: `${count(checked.errors, 'problem')} to fix first.` };
  if (checked?.format === 'unreadable') return { unavailable: 'The text can’t be read yet.' };
  return { to: { at: 'review' } };
}

function ServerChip({ workbench: { connection }, onClick }: { workbench: Workbench; onClick: () => void }) {
  const quiet = {
    display: { xs: 'none', md: 'inline' },
    color: 'text.secondary',
    fontWeight: 'fontWeightRegular',
  };
  return (
    <Button
      variant="outlined"
      onClick={onClick}
      startIcon={<DnsIcon />}
      aria-haspopup="dialog"
      sx={{ minWidth: 0, overflow: 'hidden' }}
    >
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {connection ? (
          <>
            {connection.server.name}
            <Box component="span" sx={quiet}>
              {' · '}
              {connection.edition}
              {' · '}
              {connection.user.name}
            </Box>
          </>
        ) : (
          'Not connected'
        )}
      </Box>
    </Button>
  );
}

/** The logo, a bound sheaf of five stalks. The same drawing as `public/icon.svg`. */
function Mark({ size = 22 }: { size?: number }) {
  return (
    <Box
      component="svg"
      viewBox="0 0 32 32"
      aria-hidden
      sx={{
        width: size,
        height: size,
        fill: 'none',
        strokeLinecap: 'round',
        stroke: 'var(--sheaf-palette-mark-straw)',
        strokeWidth: 2.6,
      }}
    >
      <path d="M4.5 5.5C7 12 12 15 13.6 19.5C14.6 22.4 12.4 26 10 29" />
      <path d="M10 3C11.4 9.5 14.2 14 14.9 19.5C15.2 23 14.4 26.5 13 29.5" />
      <path d="M16 2V30" />
      <path d="M22 3C20.6 9.5 17.8 14 17.1 19.5C16.8 23 17.6 26.5 19 29.5" />
      <path d="M27.5 5.5C25 12 20 15 18.4 19.5C17.4 22.4 19.6 26 22 29" />
      <Box
        component="path"
        d="M11 20.5C14 22 18 22 21 20.5"
        sx={{ stroke: 'var(--sheaf-palette-mark-band)', strokeWidth: 3.2 }}
      />
    </Box>
  );
}

/** Uses the system’s preference until the user chooses. */
function ThemeToggle() {
  const { colorScheme, setMode } = useColorScheme();
  const other = colorScheme === 'dark' ? 'light' : 'dark';
  const label = `Switch to the ${other} theme`;
  return (
    <IconButton aria-label={label} title={label} onClick={() => setMode(other)}>
      {other === 'dark' ? <DarkModeIcon /> : <LightModeIcon />}
    </IconButton>
  );
}
