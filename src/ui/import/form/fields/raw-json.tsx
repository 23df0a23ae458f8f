import { useFormContext, useWatch } from 'react-hook-form';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { FormValues } from '#domain/form/form-values.ts';
import { Code } from '#ui/components/data-display/text-with-code.tsx';

/** A field’s JSON when no input can show it. It stays until the input is filled or it is deleted here. */
export function RawJson({ field }: { field: string }) {
  const { control, setValue } = useFormContext<FormValues>();
  const rawJson = useWatch({ control, name: 'rawJson' });
  const json = rawJson[field];
  // An empty list of tasks is what a new request begins with; that it is empty is said above already.
  if (json === undefined || (field === 'tasks' && json === '[]')) return null;

  function remove() {
    const { [field]: _, ...rest } = rawJson;
    setValue('rawJson', rest);
  }
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mt: 1, typography: 'body2' }}>
      <span>The text says</span>
      <Code>{json}</Code>
      <Button size="small" onClick={remove} aria-label={`Delete ${field} from the text`}>
        Delete
      </Button>
    </Box>
  );
}
