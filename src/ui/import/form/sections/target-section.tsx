import { useId } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { CheckSummary } from '#domain/check.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { count } from '#ui/components/numbers.ts';
import type { FieldName as WireName } from '#wire/bulk-request.ts';
import { PickTasks } from '#ui/import/task-picker/pick-tasks.tsx';
import { RawJson } from '#ui/import/form/fields/raw-json.tsx';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';
import { ProjectInput } from '#ui/import/form/fields/project-input.tsx';
import { radioRow, Section } from '#ui/import/form/fields/section.tsx';
import { useEntry } from '#ui/import/form/use-entries.ts';

type Target = FormValues['target'];

const targets: Record<Target, { label: string; field: WireName; ids: string; help: string }> = {
  tasks: {
    label: 'A list of tasks',
    field: 'tasks',
    ids: 'Task IDs',
    help: 'IDs and ranges, such as 1-50, 60, 72. You can paste a spreadsheet column.',
  },
  task: {
    label: 'One task',
    field: 'task',
    ids: 'Task ID',
    help: 'ID of one task.',
  },
  'selected-only': {
    label: 'A selection',
    field: 'selected_items',
    ids: 'Selected task IDs',
    help: 'Sent as a selection instead of a list. IDs and ranges, such as 1-50, 60, 72.',
  },
  'all-except': {
    label: 'All tasks except some',
    field: 'selected_items',
    ids: 'Excluded tasks',
    help: 'All tasks except these. Leave empty for all tasks.',
  },
};

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
  const chosen = targets[target.value];

  return (
    <Section title="Tasks">
      <FormControl>
        <FormLabel id={`${id}-target`}>Which tasks</FormLabel>
        <RadioGroup
          row
          aria-labelledby={`${id}-target`}
          name="target"
          value={target.value}
          onChange={(_, value) => target.onChange(value)}
          sx={radioRow}
        >
          {Object.entries(targets).map(([value, { label }]) => (
            <FormControlLabel key={value} value={value} label={label} control={<Radio />} />
          ))}
        </RadioGroup>
      </FormControl>
      <FormControl fullWidth error={fieldState.error?.type === 'error'}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: 4, mb: 1 }}>
          <FormLabel htmlFor={id}>
            {chosen.ids}{' '}
            <Box component="code" sx={{ ml: 1, color: 'text.secondary', fontWeight: 'fontWeightRegular' }}>
              {chosen.field}
            </Box>
          </FormLabel>
          <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
            {summary && (summary.rows > 0 ? count(summary.rows, 'task') : summary.targets)}
          </Box>
        </Box>
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
      <ProjectInput />
    </Section>
  );
}
