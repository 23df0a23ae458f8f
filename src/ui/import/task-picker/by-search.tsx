import { useRef, useState, type Dispatch, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { Field } from '#ui/components/inputs/field.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import type { SelectionChange } from './selection.ts';
import { rowHeight, TaskRow } from './task-row.tsx';
import { useFoundTasks, useTasks } from './use-tasks.ts';

interface BySearchProps {
  project: number;
  several: boolean;
  picked: ReadonlySet<number>;
  change: Dispatch<SelectionChange>;
}

/** The tasks of the project, all or found by a search, to pick one by one, in ranges or all at once. */
export function BySearch({ project, several, picked, change }: BySearchProps) {
  const found = useTasks(project);
  const all = useFoundTasks(project, (ids) => change({ kind: 'add', ids }));
  const { tasks, total, search, failure } = found;

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <Box sx={{ px: { xs: 4, sm: 6 }, pb: 3 }}>
        <Field
          label="Search"
          type="search"
          placeholder="Task ID, or words in the task’s data"
          autoFocus
          slotProps={{ input: { maxLength: 200 } }}
          // The native clear button is blue in some browsers.
          sx={{ '& ::-webkit-search-cancel-button': { filter: 'grayscale(1)' } }}
          // Escape first empties the field, and only then closes the dialog.
          onKeyDown={(event) => {
            if (event.key === 'Escape' && (event.target as HTMLInputElement).value !== '')
              event.stopPropagation();
          }}
          onChange={({ target }) => {
            all.reset();
            found.searchLater(target.value);
          }}
        />
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, mt: 2, minHeight: 32 }}>
          <Box role="status" sx={{ flex: 1, color: 'text.secondary', typography: 'body2' }}>
            {words(found)}
          </Box>
          {several && tasks && total > 0 && !failure && (
            <Button
              variant="outlined"
              size="small"
              loading={all.isPending}
              loadingPosition="start"
              disabled={found.isStale}
              onClick={() => all.mutate(search)}
            >
              {search === '' ? `Select all ${figure(total)}` : `Select all ${figure(total)} found`}
            </Button>
          )}
        </Box>
        {all.error && <FailureNotice failure={all.error.failure} />}
      </Box>
      {failure && (
        <Box sx={{ px: { xs: 4, sm: 6 }, pb: 3 }}>
          <FailureNotice failure={failure}>
            <Button variant="outlined" size="small" loading={found.isReading} onClick={found.readAgain}>
              Reload tasks
            </Button>
          </FailureNotice>
        </Box>
      )}
      <Box sx={{ flex: 1, minHeight: 0, borderTop: 1, borderColor: 'divider' }}>
        {tasks === undefined && !failure && (
          <Centred>
            <Waiting>Loading tasks …</Waiting>
          </Centred>
        )}
        {tasks?.length === 0 && !failure && !found.isReading && (
          <Centred>
            {search === '' ? 'This project has no tasks.' : `No task has “${search}” in its data.`}
          </Centred>
        )}
        {tasks && tasks.length > 0 && (
          <TaskList
            // A new list starts at its top.
            key={found.foundBy}
            {...{ tasks, several, picked, change }}
            total={found.isCut ? tasks.length : total}
            onDrawn={(last) => last > tasks.length - 20 && found.readMore()}
          />
        )}
      </Box>
    </Box>
  );
}

interface TaskListProps extends Omit<BySearchProps, 'project'> {
  tasks: NonNullable<ReturnType<typeof useTasks>['tasks']>;
  total: number;
  onDrawn: (last: number) => void;
}

function TaskList({ tasks, total, several, picked, change, onDrawn }: TaskListProps) {
  const [active, setActive] = useState<number>();
  // The start of a range: the task last picked or unpicked.
  const anchor = useRef<number>(undefined);
  const withImages = tasks.some(({ image }) => image !== undefined);

  function choose(index: number, upTo: boolean) {
    const { id } = tasks[index]!;
    const from = anchor.current;
    if (!several) change({ kind: 'only', id });
    else if (upTo && from !== undefined) {
      const range = tasks.slice(Math.min(from, index), Math.max(from, index) + 1);
      change({ kind: 'add', ids: range.map((task) => task.id) });
    } else change({ kind: 'toggle', id });
    anchor.current = index;
  }

  return (
    <WindowedList
      label="Tasks"
      rows={{ count: tasks.length, total, height: rowHeight, onScroll: onDrawn }}
      cursor={{ index: active, onMove: setActive }}
      onChoose={choose}
      selection={{ has: (index) => picked.has(tasks[index]!.id), several }}
    >
      {(index) => {
        const task = tasks[index]!;
        return <TaskRow {...{ task, several, withImages }} isPicked={picked.has(task.id)} />;
      }}
    </WindowedList>
  );
}

function words({
  search,
  tasks,
  total,
  isCut,
  isStale,
  isReading,
  notSearched,
}: ReturnType<typeof useTasks>): string {
  if (isStale && isReading) return 'Searching …';
  if (!tasks) return '';
  const all = search === '' ? count(total, 'task') : `${count(total, 'task')} found`;
  const found = isCut ? `${all}. The first ${figure(tasks.length)} are listed; search for others` : all;
  if (search === '' || notSearched.length === 0) return found;
  const keys = notSearched.slice(0, 3).map((key) => `“${key}”`);
  if (notSearched.length > keys.length) keys.push('others');
  return `${found}. The server can’t search ${keys.join(', ')}.`;
}

const Centred = ({ children }: { children: ReactNode }) => (
  <Box sx={{ height: '100%', display: 'grid', placeItems: 'center', p: 6, color: 'text.secondary' }}>
    {children}
  </Box>
);
