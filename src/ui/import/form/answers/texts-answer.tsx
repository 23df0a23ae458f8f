import { useState } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';

/** One text, or as many as the control accepts. An empty one is shown but isn’t an answer. */
export function TextsAnswer(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const [drafts, setDrafts] = useState(values.map(String));
  const isFromElsewhere = JSON.stringify(withWords(drafts)) !== JSON.stringify(values);
  if (isFromElsewhere) setDrafts(values.map(String));

  const shown = drafts.length === 0 ? [''] : drafts;
  const mayHaveMore =
    input.several && (input.maxTexts === 0 || shown.length < input.maxTexts) && shown.at(-1) !== '';
  const id = `${ids.label}-text`;

  function change(next: string[]) {
    setDrafts(next);
    onChange(withWords(next));
  }

  return (
    <AnswerField {...props} htmlFor={id}>
      <Box sx={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 2 }}>
        {shown.map((text, index) => (
          <OutlinedInput
            // Texts have no identity besides their index.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            id={index === 0 ? id : undefined}
            name={nameOf(input)}
            value={text}
            onChange={({ target }) => change(shown.with(index, target.value))}
            multiline
            fullWidth
            minRows={2}
            maxRows={10}
            placeholder={input.placeholder}
            slotProps={{
              input: {
                'aria-describedby': ids.below,
                ...(index > 0 && { 'aria-label': `${input.name}, text ${index + 1}` }),
              },
            }}
          />
        ))}
        {mayHaveMore && (
          <Button size="small" startIcon={<AddIcon />} onClick={() => setDrafts([...shown, ''])}>
            Add another text
          </Button>
        )}
      </Box>
    </AnswerField>
  );
}

const withWords = (texts: string[]) => texts.filter((text) => text !== '');
