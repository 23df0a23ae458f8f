import ErrorIcon from '@mui/icons-material/Error';
import PanelIcon from '@mui/icons-material/VerticalSplitOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { count } from '#ui/components/numbers.ts';
import { height } from '#ui/theme/tokens.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { UndoButtons } from '#ui/import/history/undo-buttons.tsx';
import { FormatChip } from '#ui/import/mapping/format-chip.tsx';
import { MoreMenu } from './more-menu.tsx';
import { ProjectPicker } from '#ui/import/projects/project-picker.tsx';
import type { Projects } from '#ui/import/projects/use-projects.ts';
import { ReviewAction, type ReviewActionProps } from './review-action.tsx';
import { isGrid, type View } from '#ui/import/use-place.ts';

interface ToolbarProps extends ReviewActionProps {
  projects: Projects;
}

/** The actions for the whole batch in one bar. */
export function Toolbar({ projects, ...review }: ToolbarProps) {
  const { history } = useBatch();
  return (
    <Box role="group" aria-label="Batch" sx={bar}>
      <Box sx={{ flex: { xs: '1 1 100%', sm: '0 1 196px', lg: '0 1 260px' }, minWidth: 0 }}>
        <ProjectPicker projects={projects} />
      </Box>
      <ViewSwitch />
      <UndoButtons history={history} />
      <MoreMenu />
      <RailButton />
      {/* Last, because it appears and grows with each check, and would move what a person is about to press. */}
      <FormatChip />
      <ReviewAction {...review} />
    </Box>
  );
}

function ViewSwitch() {
  const { checked } = useBatch();
  const { view, setView } = useNavigation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label="View"
      value={view}
      // Pressing the active button gives null.
      onChange={(_, next: View | null) => next && setView(next)}
    >
      <ToggleButton value="form" sx={ofOneWidth}>
        {isGrid(checked) ? 'Grid' : 'Form'}
      </ToggleButton>
      <ToggleButton value="json" sx={ofOneWidth}>
        {isGrid(checked) ? 'Text' : 'JSON'}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

/** Whichever word it is. */
const ofOneWidth = { minWidth: 56 };

/** Shows the problems beside the grid, or over it on a narrow window. */
function RailButton() {
  const { checked } = useBatch();
  const { view, rail } = useNavigation();
  if (view !== 'form' || !isGrid(checked)) return null;
  const open = () => rail.setOpen(true);
  if (rail.isBeside)
    return rail.isOpen ? null : (
      <IconButton aria-label="Show problems" title="Show problems" onClick={open}>
        <PanelIcon />
      </IconButton>
    );
  const errors = checked?.errors ?? 0;
  return (
    <Button
      variant="outlined"
      aria-haspopup="dialog"
      startIcon={errors > 0 ? <ErrorIcon color="error" /> : undefined}
      onClick={open}
    >
      {errors > 0 ? count(errors, 'error') : 'Problems'}
    </Button>
  );
}

const bar = {
  flex: 'none',
  display: 'flex',
  flexWrap: { xs: 'wrap', lg: 'nowrap' },
  alignItems: 'center',
  gap: 2,
  minHeight: height.bar,
  px: { xs: 3, sm: 4 },
  py: 1.5,
  borderBottom: 1,
  borderColor: 'divider',
} as const;
