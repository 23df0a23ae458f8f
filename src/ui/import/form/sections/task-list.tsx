import { use, type KeyboardEvent } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import type { EntryTasks } from '#engine/batch/calls/preview-calls.ts';
import { limits } from '#wire/limits.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { PreviewedTask } from '#ui/import/form/task-preview.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { height } from '#ui/theme/tokens.ts';

interface TaskListProps {
  checked: CheckSummary;
  entry: number;
}

/** The tasks of a set with their texts. The selected one is in the preview. */
export function TaskList({ checked, entry }: TaskListProps) {
  const engine = useEngine();
  const { place, onPlace } = use(PreviewedTask);
  const { getValues, setValue } = useFormContext<FormValues>();
  const tasks = useTasks(checked, entry, 0);
  const total = tasks?.total ?? 0;
  const shown = Math.min(place, total - 1);
  if (total === 0) return null;

  async function remove(id: number) {
    const text = await engine.tasks.withoutId(getValues('taskIds'), id);
    setValue('taskIds', text, { shouldDirty: true });
  }

  async function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Delete') return;
    event.preventDefault();
    const [id] = (await engine.batch.tasksOfEntry(entry, shown, shown + 1)).ids;
    if (id !== undefined) await remove(id);
  }

  return (
    <Box
      onKeyDown={(event) => void onKeyDown(event)}
      sx={{ ...list, height: Math.min(total, rowsAtOnce) * (height.row + 1) + 1 }}
    >
      <WindowedList
        label="Tasks of this set. Delete removes one."
        rows={{ count: total, height: height.row + 1 }}
        cursor={{ index: shown, onMove: onPlace, follows: true }}
      >
        {(index) => (
          <TaskRow checked={checked} entry={entry} index={index} onRemove={(id) => void remove(id)} />
        )}
      </WindowedList>
    </Box>
  );
}

interface TaskRowProps extends TaskListProps {
  index: number;
  onRemove: (id: number) => void;
}

function TaskRow({ checked, entry, index, onRemove }: TaskRowProps) {
  const first = index - (index % pageSize);
  const tasks = useTasks(checked, entry, first);
  const text = useTexts(tasks);
  const id = tasks?.ids[index - first];
  return (
    <Box sx={row}>
      <Box component="span" sx={{ minWidth: 48, fontFamily: 'mono', typography: 'caption' }}>
        {id}
      </Box>
      <Box component="span" sx={cut}>
        {id !== undefined && text(id)}
      </Box>
      {id !== undefined && (
        // Delete removes a task; nothing inside an option takes the focus.
        <Box
          component="span"
          title={`Remove task ${id}`}
          onClick={(event) => {
            event.stopPropagation();
            onRemove(id);
          }}
          sx={cross}
        >
          <CloseIcon />
        </Box>
      )}
    </Box>
  );
}

/** Visible rows; the half row shows that there are more. */
const rowsAtOnce = 4.5;
const pageSize = limits.taskTexts;

/** A page of the task IDs of a set. */
function useTasks(checked: CheckSummary, entry: number, first: number): EntryTasks | undefined {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['tasks of set', objectId(checked), entry, first],
    queryFn: () => engine.batch.tasksOfEntry(entry, first, first + pageSize),
    // While a change is written, the previous tasks stay.
    placeholderData: (last, query) => (query?.queryKey[2] === entry ? last : undefined),
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return data;
}

/** The texts of these tasks, read once however often the labels change. */
function useTexts(tasks: EntryTasks | undefined): (id: number) => string {
  const engine = useEngine();
  const { project, ids = [] } = tasks ?? {};
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['texts of tasks', project, ids.join()],
    queryFn: () => engine.tasks.byId(project!, ids),
    enabled: project !== undefined && ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
  if (data === undefined) return () => '…';
  if (!data.ok) return () => '';
  const texts = new Map(data.value.map((task) => [task.id, task.text || task.image?.url]));
  return (id) => texts.get(id) ?? (isPlaceholderData ? '…' : 'Not in this project');
}

const list = { border: 1, borderColor: 'outline.quiet', borderRadius: 1, overflow: 'hidden' } as const;

const row = {
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  height: height.row + 1,
  pl: 3,
  pr: 1,
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
} as const;

const cross = {
  display: 'flex',
  p: 1,
  borderRadius: 1,
  color: 'text.secondary',
  '&:hover': { bgcolor: 'action.hover', color: 'text.primary' },
} as const;

const cut = {
  flex: 1,
  minWidth: 0,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
