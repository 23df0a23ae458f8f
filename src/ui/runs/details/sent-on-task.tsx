import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { RunView } from '#engine/runs/run-view.ts';
import type { ShownTask } from '#engine/tasks/shown-task.ts';
import { FailureNotice } from '#ui/components/feedback/failure-notice.tsx';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { count } from '#ui/components/numbers.ts';
import { RowPreviewView } from '#ui/preview/row-preview.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

interface TaskDataProps {
  view: RunView;
  row: number;
  /** True if the run’s server is connected. */
  isConnected: boolean;
}

/** What was sent for the row, on its task; only the task’s data if nothing was sent. */
export function SentOnTask(props: TaskDataProps) {
  const { view, row, isConnected } = props;
  const engine = useEngine();
  const { data: shown, isPending } = useQuery({
    queryKey: ['rows', view.id, 'preview', row, isConnected],
    queryFn: async () => (await engine.runs.previewOfRow(view.id, row)) ?? null,
    enabled: isConnected,
    staleTime: Infinity,
    gcTime: 60_000,
    throwOnError: true,
  });
  if (isConnected && isPending) return <Waiting>Reading the task …</Waiting>;
  if (!shown) return <TaskData {...props} />;
  return (
    <Box role="group" aria-label="Preview" sx={{ typography: 'body2' }}>
      {shown.noTask !== undefined && (
        <Box sx={{ mb: 4 }}>
          <TaskData {...props} />
        </Box>
      )}
      <RowPreviewView isBare shown={shown} />
    </Box>
  );
}

/** The data of the row’s task, read when the details are opened. */
function TaskData({ view, row, isConnected }: TaskDataProps) {
  const engine = useEngine();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['rows', view.id, 'task', row, isConnected],
    queryFn: () => engine.runs.taskOfRow(view.id, row),
    enabled: isConnected,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const retry = (
    <Button size="small" variant="outlined" loading={isFetching} onClick={() => void refetch()}>
      Try again
    </Button>
  );

  if (!isConnected) return <Quiet>Connect to {view.plan.server} to see the task’s data.</Quiet>;
  if (error) throw error;
  if (data === undefined) return <Waiting>Reading the task …</Waiting>;
  if (!data.ok) return <FailureNotice failure={data.failure}>{retry}</FailureNotice>;
  if (data.value === null) return <Quiet>The task is no longer in the project.</Quiet>;
  return <Fields {...data.value} />;
}

const Fields = ({ fields, more }: ShownTask) => {
  if (fields.length === 0) return <Quiet>The task has no data.</Quiet>;
  const [main, ...others] = fields;
  return (
    <>
      <Box sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', maxHeight: 240, overflow: 'auto' }}>
        {main!.text}
        <Cut length={main!.length} />
      </Box>
      {others.length > 0 && (
        <Box
          component="dl"
          sx={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 104px) minmax(0, 1fr)',
            columnGap: 3,
            rowGap: 1,
            mt: 2.5,
            mb: 0,
            typography: 'body2',
            '& dt': { color: 'text.secondary', overflowWrap: 'anywhere' },
            '& dd': { m: 0, overflowWrap: 'anywhere', maxHeight: 120, overflow: 'auto' },
          }}
        >
          {others.map(({ name, text, length }) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} value`}>
              {text}
              <Cut length={length} />
            </dd>,
          ])}
        </Box>
      )}
      {more > 0 && <Quiet>{count(more, 'more field')} in Label Studio.</Quiet>}
    </>
  );
};

const Cut = ({ length }: { length: number | undefined }) =>
  length !== undefined && (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {' '}
      … cut; {count(length, 'character')} in all
    </Box>
  );

const Quiet = ({ children }: { children: ReactNode }) => (
  <Box sx={{ color: 'text.secondary' }}>{children}</Box>
);
