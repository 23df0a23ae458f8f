import { useId } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput, { type OutlinedInputProps } from '@mui/material/OutlinedInput';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldName as WireName } from '#wire/bulk-request.ts';
import { requestFields } from './request-fields.ts';
import { RawJson } from './raw-json.tsx';
import { BelowField } from './below-field.tsx';
import { NullToggle } from './null-toggle.tsx';

type TextName =
  | 'completedBy'
  | 'leadTime'
  | 'uniqueId'
  | 'parentAnnotation'
  | 'parentPrediction'
  | 'importId'
  | 'updatedBy'
  | 'lastCreatedBy'
  | 'draftCreatedAt';

interface TextInputProps extends Pick<OutlinedInputProps, 'inputMode'> {
  name: TextName;
  field: WireName;
  /** True if null is a valid value, distinct from an omitted field. */
  nullable?: boolean;
}

/** A one-line field. An empty one is omitted from the request. */
export function TextInput({ name, field, nullable = false, inputMode = 'numeric' }: TextInputProps) {
  const id = useId();
  const { control, setValue } = useFormContext<FormValues>();
  const input = useController({ control, name });
  const isNull = useController({ control, name: `nulls.${field}` });
  const standsNull = isNull.field.value;
  const problem = input.fieldState.error;

  return (
    <FormControl fullWidth error={problem?.type === 'error'}>
      <FormLabel htmlFor={id} sx={{ mb: 1 }}>
        {requestFields[field].label}
      </FormLabel>
      <OutlinedInput
        id={id}
        name={name}
        value={input.field.value}
        inputRef={input.field.ref}
        onBlur={input.field.onBlur}
        onChange={({ target }) => {
          input.field.onChange(target.value);
          if (target.value !== '' && standsNull) setValue(`nulls.${field}`, false);
        }}
        placeholder={standsNull ? 'null' : 'Not set'}
        inputMode={inputMode}
        aria-describedby={`${id}-below`}
        endAdornment={
          nullable && (
            <NullToggle
              label={requestFields[field].label}
              isNull={standsNull}
              onChange={(next) => {
                isNull.field.onChange(next);
                if (next) input.field.onChange('');
              }}
            />
          )
        }
      />
      <BelowField id={`${id}-below`} problem={problem} help={requestFields[field].about} />
      <RawJson field={field} />
    </FormControl>
  );
}
