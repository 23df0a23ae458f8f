import { useId, useState, type KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import Rating from '@mui/material/Rating';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { AnswerOnScreen } from '#engine/batch/calls/form-calls.ts';
import { PageBar, usePageOf } from '#ui/components/inputs/page-bar.tsx';
import { listNames } from '#ui/components/list-names.ts';
import { figure } from '#ui/components/numbers.ts';
import { AnswerField, type AnswerProps, nameOf } from './answer-field.tsx';
import { ChoicesAnswer } from './choices-answer.tsx';
import { PathsAnswer } from './paths-answer.tsx';
import { TextsAnswer } from './texts-answer.tsx';
import { toggled } from './toggled.ts';

interface AnswersProps {
  inputs: AnswerOnScreen[];
  /** Names of inputs that don’t apply to the current answers. */
  hidden: string[];
  problems: FieldProblem[];
  valuesOf: (input: AnswerOnScreen) => AnswerProps['values'];
  /** Indexes of this control’s regions that are shown as JSON below. */
  asJson: (input: AnswerOnScreen) => number[];
  onChange: (input: AnswerOnScreen, values: AnswerProps['values']) => void;
  /** The field to navigate to. */
  asked: { field: string } | undefined;
}

/** The project’s controls, as on the labelling screen. */
export function Answers({ inputs, hidden, problems, valuesOf, asJson, onChange, asked }: AnswersProps) {
  // Existing answers are shown even if they don’t apply, because they are part of the batch.
  const shown = inputs.filter((input) => !hidden.includes(input.name) || valuesOf(input).length > 0);
  const page = usePageOf({ total: shown.length, size: 20, asked: useAskedInput(asked, shown) });

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return;
    for (const input of shown) {
      const option = input.options.rows.find(({ hotkey }) => hotkey === event.key);
      if (option === undefined || input.kind !== 'choices' || asJson(input).length > 0) continue;
      event.preventDefault();
      return onChange(input, toggled(input, valuesOf(input), option.path[0]!));
    }
  }

  return (
    <Box
      role="group"
      aria-label="Labels of this project"
      onKeyDown={onKeyDown}
      sx={{ display: 'flex', flexDirection: 'column', gap: 4, '&:empty': { display: 'none' } }}
    >
      <PageBar page={page} what="Controls" />
      {shown.slice(page.first, page.end).map((input) => (
        <OneAnswer
          key={input.name}
          input={input}
          values={valuesOf(input)}
          regions={asJson(input)}
          problem={problems.find(({ field }) => field === `answers.${input.name}`)}
          onChange={(values) => onChange(input, values)}
        />
      ))}
    </Box>
  );
}

/** Scrolls to the requested input. */
function useAskedInput(asked: AnswersProps['asked'], shown: readonly AnswerOnScreen[]) {
  const [last, setLast] = useState<{ asked: AnswersProps['asked']; item?: { item: number } }>({ asked });
  if (asked === last.asked) return last.item;
  const item = { item: shown.findIndex((input) => nameOf(input) === asked?.field) };
  setLast({ asked, item });
  return item;
}

interface OneAnswerProps extends Omit<AnswerProps, 'ids'> {
  regions: number[];
}

function OneAnswer({ regions, ...props }: OneAnswerProps) {
  const id = useId();
  const ids = { label: `${id}-label`, below: `${id}-below` };
  const { kind } = props.input;
  if (regions.length > 0) {
    const numbers = regions.map((index) => figure(index + 1));
    const which = numbers.length === 2 ? numbers.join(' and ') : listNames(numbers, 5);
    return (
      <AnswerField {...props} ids={ids}>
        <Box sx={{ color: 'text.secondary' }}>
          {regions.length === 1 ? `Region ${which} says it` : `Regions ${which} say it`}, as JSON below.
        </Box>
      </AnswerField>
    );
  }
  switch (kind) {
    case 'choices':
      return <ChoicesAnswer {...props} ids={ids} />;
    case 'paths':
      return <PathsAnswer {...props} ids={ids} />;
    case 'rating':
      return <RatingAnswer {...props} ids={ids} />;
    case 'texts':
      return <TextsAnswer {...props} ids={ids} />;
    case 'number':
    case 'date':
    case 'time':
    case 'datetime':
    case 'date-text':
      return <LineAnswer {...props} ids={ids} />;
  }
}

/** True if keys pressed in the target enter text. */
function isTypedInto(target: EventTarget): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable || target.role === 'tree';
}

const types = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;

/** A number, date or time on one line, in the browser’s native input if possible. */
function LineAnswer(props: AnswerProps) {
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
            // Without a step, browsers hide the seconds.
            ...(type !== 'date' && type !== 'text' && format.includes('%S') && { step: 1 }),
          },
        }}
        sx={{ alignSelf: 'flex-start', minWidth: 'min(100%, 17rem)' }}
      />
    </AnswerField>
  );
}

/** Stars. A value that isn’t a valid rating is shown beside them as text. */
function RatingAnswer(props: AnswerProps) {
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
          sx={{ '&, & .MuiRating-iconEmpty': { color: 'star.main' } }}
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
