import OutlinedInput from '@mui/material/OutlinedInput';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';

const types = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;

/** A number, a date or a time: one line, by the browser's own input where it has one. */
export function LineAnswer(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const { kind, min, max, format, placeholder } = input;
  const id = `${ids.label}-line`;
  const type = kind in types ? types[kind as keyof typeof types] : 'text';
  return (
    <AnswerField {...props} htmlFor={id}>
      <OutlinedInput
        id={id}
        name={nameOf(input)}
        type={type}
        value={String(values[0] ?? '')}
        onChange={({ target }) => onChange(target.value.trim() === '' ? [] : [target.value])}
        inputMode={kind === 'number' ? 'decimal' : 'text'}
        placeholder={placeholder}
        slotProps={{
          input: {
            'aria-describedby': ids.below,
            ...(type === 'date' && min !== '' && { min }),
            ...(type === 'date' && max !== '' && { max }),
            // A browser leaves out the seconds where it is not told that they matter.
            ...(type !== 'date' && type !== 'text' && format.includes('%S') && { step: 1 }),
          },
        }}
        sx={{ alignSelf: 'flex-start', minWidth: 'min(100%, 17rem)' }}
      />
    </AnswerField>
  );
}
