import BracesIcon from '@mui/icons-material/DataObjectOutlined';
import GridIcon from '@mui/icons-material/GridOnOutlined';
import ListIcon from '@mui/icons-material/ListAltOutlined';
import NotesIcon from '@mui/icons-material/NotesOutlined';
import PanelIcon from '@mui/icons-material/VerticalSplitOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { hiddenOnPhone, phoneOnly } from '#ui/components/visually-hidden.ts';
import { height } from '#ui/theme/tokens.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { UndoButtons } from '#ui/import/history/undo-buttons.tsx';
import { FormatChip } from '#ui/import/mapping/format-chip.tsx';
import { MoreMenu } from './more-menu.tsx';
import { ProjectPicker } from '#ui/import/projects/project-picker.tsx';
import type { Projects } from '#ui/import/projects/use-projects.ts';
import { ErrorsButton } from './errors-button.tsx';
import { ReviewAction, type ReviewActionProps } from './review-action.tsx';
import { isGrid, type View } from '#ui/import/use-place.ts';

interface ToolbarProps extends ReviewActionProps {
  projects: Projects;
}

/** The actions for the whole batch in one bar. */
export function Toolbar({ projects, ...review }: ToolbarProps) {
  const { history } = useBatch();
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return (
    <Box role="group" aria-label="Batch" sx={bar}>
      <Box sx={{ flex: { xs: '1 1 0', md: '0 1 196px', lg: '0 1 260px' }, minWidth: 0 }}>
        <ProjectPicker projects={projects} />
      </Box>
      {isNarrow ? (
        <>
          <UndoButtons history={history} />
          <FormatChip />
          <MoreMenu />
          <Box sx={secondLine} />
          <ViewSwitch />
          <RailButton />
        </>
      ) : (
        <>
          <ViewSwitch />
          <UndoButtons history={history} />
          <MoreMenu />
          <RailButton />
          {/* Last, because it appears and grows with each check, and would move what a person is about to press. */}
          <FormatChip />
        </>
      )}
      <ReviewAction {...review} />
    </Box>
  );
}

function ViewSwitch() {
  const { checked } = useBatch();
  const { view, setView } = useNavigation();
  const isOfRows = isGrid(checked);
  const FormIcon = isOfRows ? GridIcon : ListIcon;
  const TextIcon = isOfRows ? NotesIcon : BracesIcon;
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
        <FormIcon sx={phoneOnly} />
        <Box component="span" sx={hiddenOnPhone}>
          {isOfRows ? 'Grid' : 'Form'}
        </Box>
      </ToggleButton>
      <ToggleButton value="json" sx={ofOneWidth}>
        <TextIcon sx={phoneOnly} />
        <Box component="span" sx={hiddenOnPhone}>
          {isOfRows ? 'Text' : 'JSON'}
        </Box>
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

/** Whichever word it is. */
const ofOneWidth = { position: 'relative', minWidth: { xs: 0, sm: 56 } } as const;

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
  if (errors > 0) return <ErrorsButton errors={errors} opensDialog onClick={open} />;
  return (
    <Button
      variant="outlined"
      aria-haspopup="dialog"
      onClick={open}
      sx={{ minWidth: 0, px: { xs: 2, sm: 3 } }}
    >
      <PanelIcon sx={phoneOnly} />
      <Box component="span" sx={hiddenOnPhone}>
        Problems
      </Box>
    </Button>
  );
}

/** Begins the second line of a narrow window. */
const secondLine = { flexBasis: '100%' } as const;

const bar = {
  flex: 'none',
  display: 'flex',
  flexWrap: { xs: 'wrap', md: 'nowrap' },
  alignItems: 'center',
  gap: { xs: 1.5, sm: 2 },
  minHeight: height.bar,
  px: { xs: 3, sm: 4 },
  py: 1.5,
  borderBottom: 1,
  borderColor: 'divider',
} as const;
