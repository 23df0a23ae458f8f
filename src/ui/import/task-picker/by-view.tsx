import { useId, useState, type Dispatch } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { Field } from '#ui/components/inputs/field.tsx';
import { Radio } from '#ui/components/inputs/radio.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { SelectionChange } from './selection.ts';
import { useTasksOfView, useViews } from './use-tasks.ts';

interface ByViewProps {
  project: number;
  picked: ReadonlySet<number>;
  change: Dispatch<SelectionChange>;
}

/** All tasks of a view of the Data Manager. */
export function ByView({ project, picked, change }: ByViewProps) {
  const id = useId();
  const read = useViews(project);
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<number>();

  if (read.error)
    return (
      <Box sx={inset}>
        <FailureNotice failure={read.error.failure}>
          <Button
            variant="outlined"
            size="small"
            loading={read.isFetching}
            onClick={() => void read.refetch()}
          >
            Reload views
          </Button>
        </FailureNotice>
      </Box>
    );
  if (!read.data)
    return (
      <Box sx={inset}>
        <Waiting>Loading views …</Waiting>
      </Box>
    );
  const { views, total } = read.data;
  if (views.length === 0) return <Box sx={inset}>This project has no saved Data Manager views.</Box>;
  const words = sought.trim().toLowerCase();
  const found = views.filter(({ title }) => title.toLowerCase().includes(words));
  const shown = found.slice(0, maxShown);
  return (
    <Box sx={{ ...inset, height: '100%', boxSizing: 'border-box', overflow: 'auto' }}>
      {views.length > maxShown && (
        <Box sx={{ mb: 3 }}>
          <Field
            label="Search views"
            type="search"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <Box role="status" sx={{ color: 'text.secondary', typography: 'body2', mt: 2 }}>
            {viewCounts({ shown: shown.length, found: found.length, listed: views.length, total })}
          </Box>
        </Box>
      )}
      <Box role="radiogroup" aria-labelledby={`${id}-label`}>
        <Box id={`${id}-label`} sx={{ color: 'text.secondary', typography: 'body2', mb: 2 }}>
          Saved views of the Data Manager. If tasks are selected in a view, only those are used.
        </Box>
        {shown.map((view) => (
          <Box key={view.id} sx={line}>
            <Box
              component="label"
              sx={{ display: 'flex', gap: 2, flex: '1 1 200px', cursor: 'pointer', py: 1 }}
            >
              <Radio name={`${id}-view`} checked={view.id === chosen} onChange={() => setChosen(view.id)} />
              <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                {view.title}
              </Box>
            </Box>
            {view.id === chosen && <TasksOfView view={chosen} picked={picked} change={change} />}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** With more views than this, there is a search field. */
const maxShown = 100;

function viewCounts(views: { shown: number; found: number; listed: number; total: number }): string {
  const { shown, found, listed, total } = views;
  const words =
    shown < found ? `The first ${figure(shown)} of ${count(found, 'view')}.` : `${count(found, 'view')}.`;
  return listed < total ? `${words} Only ${figure(listed)} of ${count(total, 'view')} are searched.` : words;
}

function TasksOfView({ view, picked, change }: { view: number } & Omit<ByViewProps, 'project'>) {
  const { data: ids, error, isFetching, refetch } = useTasksOfView(view);
  if (error)
    return (
      <Box sx={{ flex: '1 1 100%' }}>
        <FailureNotice failure={error.failure}>
          <Button variant="outlined" size="small" loading={isFetching} onClick={() => void refetch()}>
            Reload its tasks
          </Button>
        </FailureNotice>
      </Box>
    );
  if (!ids) return <Waiting>Loading its tasks …</Waiting>;
  const missing = ids.filter((id) => !picked.has(id)).length;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, minHeight: 40 }}>
      <Box role="status" sx={{ color: 'text.secondary', typography: 'body2' }}>
        {taskCounts(ids.length, missing)}
      </Box>
      {missing > 0 && (
        <Button variant="outlined" size="small" onClick={() => change({ kind: 'add', ids })}>
          {missing === ids.length
            ? `Add ${count(missing, 'task')}`
            : `Add the other ${count(missing, 'task')}`}
        </Button>
      )}
    </Box>
  );
}

function taskCounts(tasks: number, missing: number): string {
  if (tasks === 0) return 'No tasks';
  return missing === 0 ? `${count(tasks, 'task')}, all picked` : count(tasks, 'task');
}

const inset = { px: { xs: 4, sm: 6 }, py: 3 };

const line = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 4,
  minHeight: 48,
  borderBottom: 1,
  borderColor: 'divider',
};
