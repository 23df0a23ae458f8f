import { useMemo, useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import { ListNote, PaperWithNote, WindowedListbox } from '#ui/components/inputs/windowed-listbox.tsx';
import { count, figure } from '#ui/components/numbers.ts';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';
import { toggled } from './toggled.ts';
import { useOptionLabels, useOptions } from './use-options.ts';
import { height, radius } from '#ui/theme/tokens.ts';

/** With more choices than this, a search field replaces the buttons. */
const maxButtons = 24;

export function ChoicesAnswer(props: AnswerProps) {
  return props.input.options.found > maxButtons ? (
    <SearchedChoices {...props} />
  ) : (
    <ChoiceButtons {...props} />
  );
}

interface Choice {
  value: string;
  label: string;
}

/** Radio buttons or checkboxes, as in the labelling screen. */
function ChoiceButtons(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const { rows } = input.options;
  const known = new Set(rows.map(({ path }) => path[0]!));
  // Surplus and unknown values are shown too, so that they can be removed.
  const unknown = textsOf(values).filter((value) => !known.has(value));
  const isMany = input.several || values.length > 1;
  const options = [
    ...rows.map(({ path, label, hotkey, hint }) => ({ value: path[0]!, label, hotkey, hint })),
    ...unknown.map((value) => ({ value, label: value, hotkey: '', hint: '' })),
  ];
  const Button = isMany ? Checkbox : Radio;
  return (
    <AnswerField {...props}>
      <Box
        role={isMany ? 'group' : 'radiogroup'}
        aria-labelledby={ids.label}
        aria-describedby={ids.below}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}
      >
        {options.map(({ value, label, hotkey, hint }) => (
          <FormControlLabel
            key={value}
            title={hint || undefined}
            control={
              <Button
                name={nameOf(input)}
                checked={values.includes(value)}
                onChange={() => onChange(toggled(input, values, value))}
              />
            }
            label={<OptionLabel label={label} hotkey={hotkey} />}
            sx={choice}
          />
        ))}
      </Box>
    </AnswerField>
  );
}

/** A choice's label and its hotkey. */
function OptionLabel({ label, hotkey }: { label: string; hotkey: string }) {
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 1.5, overflowWrap: 'anywhere' }}
    >
      {label}
      {hotkey !== '' && (
        <Box component="kbd" aria-hidden sx={hotkeyStyle}>
          {hotkey}
        </Box>
      )}
    </Box>
  );
}

function SearchedChoices(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const id = `${ids.label}-search`;
  const [search, setSearch] = useState('');
  const { options } = useOptions(input, { search, unfolded: [] });
  const picked = textsOf(values);
  const labels = useOptionLabels(
    input,
    picked.map((value) => [value]),
  );
  // A new object would count as a new choice, and replace what is being typed.
  const key = JSON.stringify([picked, labels]);
  const chosen = useMemo(() => choicesOf(key), [key]);
  const shared = {
    id,
    options: options.rows.map(({ path, label }): Choice => ({ value: path[0]!, label })),
    // The engine has already filtered.
    filterOptions: (found: Choice[]) => found,
    size: 'small',
    getOptionLabel: ({ label }: Choice) => label,
    getOptionKey: ({ value }: Choice) => value,
    isOptionEqualToValue: (one: Choice, other: Choice) => one.value === other.value,
    onInputChange: (_: unknown, text: string, reason: string) => setSearch(reason === 'input' ? text : ''),
    noOptionsText: 'No choice with this name',
    slots: { paper: PaperWithNote },
    slotProps: { listbox: { component: WindowedListbox } },
  } as const;
  const inputFor = ({ slotProps, ...params }: Parameters<RenderInput>[0]) => (
    <OutlinedInput
      {...params}
      {...slotProps.input}
      name={nameOf(input)}
      placeholder={chosen.length === 0 ? `Search in ${figure(input.options.found)} choices` : ''}
      slotProps={{ input: { ...slotProps.htmlInput, 'aria-describedby': ids.below } }}
    />
  );
  const { rows, found } = options;
  const note = `The first ${figure(rows.length)} of ${count(found, 'choice')}. Type to find others.`;
  return (
    <AnswerField {...props} htmlFor={id}>
      <ListNote value={rows.length < found ? note : undefined}>
        {input.several || values.length > 1 ? (
          <Autocomplete
            {...shared}
            multiple
            disableCloseOnSelect
            value={chosen}
            onChange={(_, now) => onChange(now.map(({ value }) => value))}
            renderInput={inputFor}
          />
        ) : (
          <Autocomplete
            {...shared}
            value={chosen[0] ?? null}
            onChange={(_, now) => onChange(now === null ? [] : [now.value])}
            renderInput={inputFor}
          />
        )}
      </ListNote>
    </AnswerField>
  );
}

const textsOf = (values: AnswerProps['values']) => values.filter((value) => typeof value === 'string');

function choicesOf(key: string): Choice[] {
  const [values, labels] = JSON.parse(key) as [string[], string[][]];
  return values.map((value, index) => ({ value, label: labels[index]?.[0] ?? value }));
}

type RenderInput = NonNullable<React.ComponentProps<typeof Autocomplete>['renderInput']>;

/** A button with the mark, label and hotkey of a choice. */
const choice = {
  minWidth: 0,
  m: 0,
  minHeight: height.control,
  pl: 1,
  pr: 2.5,
  border: 1,
  borderColor: 'outline.main',
  borderRadius: radius.control,
  bgcolor: 'background.paper',
  '& .MuiButtonBase-root': { p: 1 },
  '&:hover': { bgcolor: 'action.hover' },
  '&:has(:checked)': {
    bgcolor: 'action.selected',
    borderColor: 'primary.main',
    boxShadow: 'inset 0 0 0 1px var(--sheaf-palette-primary-main)',
  },
  // The focus ring surrounds the whole button.
  '&:has(:focus-visible)': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 2 },
  '& .Mui-focusVisible.Mui-focusVisible': { outline: 'none' },
  '@media (forced-colors: active)': { '&:has(:checked)': { borderColor: 'Highlight', borderWidth: 2 } },
} as const;

const hotkeyStyle = {
  px: 1,
  border: 1,
  borderColor: 'divider',
  borderRadius: radius.small,
  typography: 'caption',
  fontFamily: 'mono',
  color: 'text.secondary',
} as const;
