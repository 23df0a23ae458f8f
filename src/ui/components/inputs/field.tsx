import type { ReactNode, Ref } from 'react';
import { useId } from 'react';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput, { type OutlinedInputProps } from '@mui/material/OutlinedInput';

interface FieldProps extends Omit<OutlinedInputProps, 'id' | 'label' | 'error' | 'ref' | 'inputRef'> {
  label: string;
  /** The input element, for react-hook-form's `register`. */
  ref?: Ref<HTMLInputElement>;
  /** The error message. */
  problem?: string | undefined;
  /** Help, shown while there is no error. */
  help?: ReactNode;
}

/** A text field with its label above and error or help below. */
export function Field({ label, ref, problem, help, ...input }: FieldProps) {
  const id = useId();
  const below = problem ?? help;
  return (
    <FormControl fullWidth error={problem !== undefined}>
      <FormLabel htmlFor={id} sx={{ mb: 1 }}>
        {label}
      </FormLabel>
      <OutlinedInput
        {...input}
        id={id}
        inputRef={ref}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
      />
      {below !== undefined && <FormHelperText id={`${id}-below`}>{below}</FormHelperText>}
    </FormControl>
  );
}
