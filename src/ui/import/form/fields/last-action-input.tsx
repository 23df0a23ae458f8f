import { useId } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { FormValues } from '#domain/form/form-values.ts';
import { lastActions, requestFields } from './request-fields.ts';
import { RawJson } from './raw-json.tsx';
import { BelowField } from './below-field.tsx';

/** One of the ten actions, null, or unset. */
export function LastActionInput() {
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const { field: input, fieldState } = useController({ control, name: 'lastAction' });

  return (
    <FormControl fullWidth error={fieldState.error?.type === 'error'}>
      <FormLabel htmlFor={id} sx={{ mb: 1 }}>
        {requestFields.last_action.label}
      </FormLabel>
      <NativeSelect
        id={id}
        name="lastAction"
        value={input.value}
        onChange={({ target }) => input.onChange(target.value)}
        onBlur={input.onBlur}
        input={<OutlinedInput />}
        inputProps={{ 'aria-describedby': `${id}-below` }}
      >
        <option value="not-set">Not set</option>
        <option value="null">null</option>
        {Object.entries(lastActions).map(([action, words]) => (
          <option key={action} value={action}>
            {words}
          </option>
        ))}
      </NativeSelect>
      <BelowField id={`${id}-below`} problem={fieldState.error} help={requestFields.last_action.about} />
      <RawJson field="last_action" />
    </FormControl>
  );
}
