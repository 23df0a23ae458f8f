import Box from '@mui/material/Box';
import Rating from '@mui/material/Rating';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';

/** Stars. What is no number of stars, or too many, stands beside them as it is written. */
export function RatingAnswer(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const [typed] = values.map(String);
  const max = Number(input.max);
  const stars = Number(typed);
  const isShown = Number.isInteger(stars) && stars >= 1 && stars <= max;
  return (
    <AnswerField {...props}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
        <Rating
          role="radiogroup"
          aria-labelledby={ids.label}
          aria-describedby={ids.below}
          name={nameOf(input)}
          max={max}
          value={isShown ? stars : null}
          onChange={(_, picked) => onChange(picked === null ? [] : [String(picked)])}
          getLabelText={(star) => `${star} of ${max}`}
        />
        {typed !== undefined && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {isShown ? `${typed} of ${max}` : typed}
          </Box>
        )}
      </Box>
    </AnswerField>
  );
}
