import { useId } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldName as WireName } from '#wire/bulk-request.ts';
import { requestFields } from './request-fields.ts';
import { RawJson } from './raw-json.tsx';
import { BelowField } from './below-field.tsx';
import { radioRow } from './section.tsx';

interface ChoiceInputProps {
  name: 'groundTruth' | 'wasCancelled' | 'bulkCreated';
  field: WireName;
  /** True if null is a valid value. */
  nullable?: boolean;
}

/** Yes, no or unset; also null if the field allows it. */
export function ChoiceInput({ name, field, nullable = false }: ChoiceInputProps) {
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const { field: input, fieldState } = useController({ control, name });
  const choices = [
    { value: 'not-set', label: 'Not set' },
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' },
    ...(nullable ? [{ value: 'null', label: 'null' }] : []),
  ];

  return (
    <FormControl>
      <FormLabel id={id}>{requestFields[field].label}</FormLabel>
      <RadioGroup
        row
        aria-labelledby={id}
        aria-describedby={`${id}-below`}
        name={name}
        value={input.value}
        onChange={(_, value) => input.onChange(value)}
        onBlur={input.onBlur}
        sx={radioRow}
      >
        {choices.map(({ value, label }) => (
          <FormControlLabel key={value} value={value} label={label} control={<Radio />} />
        ))}
      </RadioGroup>
      <BelowField id={`${id}-below`} problem={fieldState.error} help={requestFields[field].about} />
      <RawJson field={field} />
    </FormControl>
  );
}
