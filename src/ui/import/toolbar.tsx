import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { CheckSummary } from '#domain/check.ts';
import { useBatch, useBatchActions, useNavigation } from './batch-context.tsx';
import { OpenFileButton } from './open-file-button.tsx';
import { ProjectPicker } from './projects/project-picker.tsx';
import type { Projects } from './projects/use-projects.ts';
import { ReviewAction, type ReviewActionProps } from './review-action.tsx';
import { SampleMenu } from './sample-menu.tsx';
import { isGrid, type View } from './use-place.ts';

interface ToolbarProps extends ReviewActionProps {
  projects: Projects;
}

/** What can be done with the whole batch. */
export function Toolbar({ projects, ...review }: ToolbarProps) {
  const { checked } = useBatch();
  const { insertExample, format } = useBatchActions();
  const { view } = useNavigation();
  return (
    <Box
      role="group"
      aria-label="Batch"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        rowGap: 2,
        px: { xs: 3, sm: 4 },
        py: 2,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box
        sx={{ flex: { xs: '1 1 100%', sm: '1 1 200px' }, minWidth: 0, maxWidth: { sm: 260 }, mr: { sm: 1 } }}
      >
        <ProjectPicker projects={projects} />
      </Box>
      <ViewSwitch />
      <Button onClick={insertExample}>Insert an example</Button>
      <SampleMenu />
      <OpenFileButton />
      {view === 'json' && isJson(checked) && <Button onClick={format}>Format</Button>}
      <ReviewAction {...review} />
    </Box>
  );
}

/** True for one JSON value, which can be formatted. */
const isJson = (checked: CheckSummary | undefined) =>
  checked?.format !== 'table' && checked?.format !== 'json-lines';

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
      <ToggleButton value="json">{isGrid(checked) ? 'Text' : 'JSON'}</ToggleButton>
      <ToggleButton value="form">{isGrid(checked) ? 'Grid' : 'Form'}</ToggleButton>
    </ToggleButtonGroup>
  );
}
