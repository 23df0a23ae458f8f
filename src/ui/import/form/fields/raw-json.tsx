import { useFormContext, useWatch } from 'react-hook-form';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { Code } from '#ui/components/data-display/text-with-code.tsx';

/** The JSON of a field that no input can show. Kept until the input is filled in or it is deleted here. */
export function RawJson({ field }: { field: string }) {
  const { control, setValue } = useFormContext<FormValues>();
  const rawJson = useWatch({ control, name: 'rawJson' });
  const json = rawJson[field];
  // A new request starts with an empty task list, which the tasks input already reports.
  if (json === undefined || (field === 'tasks' && json === '[]')) return null;

  function remove() {
    const { [field]: _, ...rest } = rawJson;
    setValue('rawJson', rest);
  }
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mt: 1, typography: 'body2' }}>
      <span>The text says</span>
      <Code>{excerpt(json, limits.shownUnits)}</Code>
      <Button size="small" onClick={remove} aria-label={`Delete ${field} from the text`}>
        Delete
      </Button>
    </Box>
  );
}
