import { useId, useState } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { CheckSummary } from '#domain/check.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { count } from '#ui/components/numbers.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { PickTasks } from '#ui/import/task-picker/pick-tasks.tsx';
import { RawJson } from '#ui/import/form/fields/raw-json.tsx';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';
import { ProjectInput } from '#ui/import/form/fields/project-input.tsx';
import { TaskList } from './task-list.tsx';
import { folded, Section } from '#ui/import/form/fields/section.tsx';
import { useEntry } from '#ui/import/form/use-entries.ts';

type Target = FormValues['target'];

const targets: Record<Target, { label: string; ids: string; help: string }> = {
  tasks: {
    label: 'Chosen tasks',
    ids: 'Task IDs',
    help: 'IDs and ranges, such as 1-50, 60, 72, or a column copied from a spreadsheet.',
  },
  task: { label: 'One task', ids: 'Task ID', help: 'ID of one task.' },
  'selected-only': {
    label: 'A selection',
    ids: 'Selected task IDs',
    help: 'IDs and ranges, such as 1-50, 60, 72.',
  },
  'all-except': {
    label: 'All except…',
    ids: 'Excluded tasks',
    help: 'All tasks except these. Leave empty for all tasks.',
  },
};

/** A single task and a selection are other notations of a list; they are offered only if the batch uses them. */
const offered: readonly Target[] = ['tasks', 'all-except'];

interface TargetSectionProps {
  checked: CheckSummary;
  entry: number;
}

export function TargetSection({ checked, entry }: TargetSectionProps) {
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const { field: target } = useController({ control, name: 'target' });
  const { field: ids, fieldState } = useController({ control, name: 'taskIds' });
  const summary = useEntry(checked, entry);
  const [asWritten] = useState(target.value);
  const kinds = (Object.keys(targets) as Target[]).filter(
    (one) => offered.includes(one) || one === asWritten,
  );
  const chosen = targets[target.value];

  return (
    <Section
      title="Tasks"
      meta={
        <span role="status">
          {summary && (summary.rows > 0 ? count(summary.rows, 'task') : summary.targets)}
        </span>
      }
      end={
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Which tasks"
          value={target.value}
          // Pressing the active button gives null.
          onChange={(_, next: Target | null) => next && target.onChange(next)}
        >
          {kinds.map((kind) => (
            <ToggleButton key={kind} value={kind}>
              {targets[kind].label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      <FormControl fullWidth error={fieldState.error?.type === 'error'}>
        <FormLabel htmlFor={id} sx={{ mb: 1 }}>
          {chosen.ids}
        </FormLabel>
        <PickTasks>
          <OutlinedInput
            id={id}
            name="taskIds"
            value={ids.value}
            inputRef={ids.ref}
            onChange={ids.onChange}
            onBlur={ids.onBlur}
            multiline={target.value !== 'task'}
            maxRows={6}
            inputMode={target.value === 'task' ? 'numeric' : 'text'}
            aria-describedby={`${id}-below`}
            sx={{ fontFamily: 'mono' }}
          />
        </PickTasks>
        <BelowField id={`${id}-below`} problem={fieldState.error} help={chosen.help} />
        <RawJson field="tasks" />
        <RawJson field="task" />
        <RawJson field="selected_items" />
      </FormControl>
      <TaskList checked={checked} entry={entry} />
      <OtherProject />
    </Section>
  );
}

/** The tasks’ project, if it isn’t the batch’s. */
function OtherProject() {
  const { projectId } = useBatch();
  const { control } = useFormContext<FormValues>();
  const [project, isNull, rawJson] = useWatch({ control, name: ['project', 'nulls.project', 'rawJson'] });
  const [isOpenAtFirst] = useState(
    project !== '' || isNull || 'project' in rawJson || projectId === undefined,
  );
  return (
    <Box component="details" open={isOpenAtFirst} sx={folded}>
      <summary>Tasks of another project</summary>
      <Box sx={{ pt: 3 }}>
        <ProjectInput />
      </Box>
    </Box>
  );
}
