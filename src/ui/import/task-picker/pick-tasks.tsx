import { useId, useState, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import ListIcon from '@mui/icons-material/ChecklistOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import type { FormValues } from '#domain/form/form-values.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { projectToPickFrom, type PickFrom } from './project-to-pick-from.ts';
import { TaskDialog } from './task-dialog.tsx';

/** Increases with each opening, so that no two share cached data. */
let openings = 0;

/** Adds a button to the task ID field that picks tasks from the project’s list. */
export function PickTasks({ children }: { /** The field of the ids. */ children: ReactNode }) {
  const id = useId();
  const { control, getValues, setValue } = useFormContext<FormValues>();
  const target = useWatch({ control, name: 'target' });
  const from = useProjectToPickFrom();
  const [opening, setOpening] = useState<{ number: number; project: number; text: string }>();
  const [isOpen, setIsOpen] = useState(false);

  function open(project: number) {
    openings += 1;
    setOpening({ number: openings, project, text: getValues('taskIds') });
    setIsOpen(true);
  }
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 2 }}>
        <Box sx={{ flex: '1 1 200px', minWidth: 0, display: 'grid' }}>{children}</Box>
        <Button
          variant="outlined"
          startIcon={<ListIcon />}
          disabled={'whyNot' in from}
          aria-describedby={'whyNot' in from ? `${id}-why` : undefined}
          onClick={() => 'project' in from && open(from.project)}
        >
          {target === 'task' ? 'Pick a task…' : 'Pick tasks…'}
        </Button>
      </Box>
      {'whyNot' in from && <FormHelperText id={`${id}-why`}>{from.whyNot}</FormHelperText>}
      {opening && (
        <TaskDialog
          opening={opening.number}
          open={isOpen}
          project={opening.project}
          several={target !== 'task'}
          text={opening.text}
          onClose={() => setIsOpen(false)}
          onUse={(text) => {
            setValue('taskIds', text, { shouldDirty: true });
            setIsOpen(false);
          }}
        />
      )}
    </>
  );
}

function useProjectToPickFrom(): PickFrom {
  const { connected, projectId: chosen } = useBatch();
  const { control } = useFormContext<FormValues>();
  const own = useWatch({ control, name: 'project' });
  const rawJson = useWatch({ control, name: 'rawJson' });
  return projectToPickFrom({ connected, own, isUnreadable: 'project' in rawJson, chosen });
}
