import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import type { AnswerOption } from '#domain/form/answer-inputs.ts';
import { filterLongOptions, slotsForOptions } from '#ui/components/inputs/long-options.tsx';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';
import { toggled } from './toggled.ts';
import { radius } from '#ui/theme/tokens.ts';

/** With more choices than this, a search field replaces the buttons. */
const maxButtons = 24;

export function ChoicesAnswer(props: AnswerProps) {
  const { input } = props;
  return input.options.length > maxButtons ? <SearchedChoices {...props} /> : <ChoiceButtons {...props} />;
}

/** Radio buttons or checkboxes, as in the labelling screen. */
function ChoiceButtons(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  // Surplus values are shown too, so that they can be removed.
  const isMany = input.several || values.length > 1;
  const options = [...input.options, ...strangers(input.options, values)];
  const Button = isMany ? Checkbox : Radio;
  return (
    <AnswerField {...props}>
      <Box
        role={isMany ? 'group' : 'radiogroup'}
        aria-labelledby={ids.label}
        aria-describedby={ids.below}
        sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4 }}
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
            label={<OptionLabel label={label} value={value} hotkey={hotkey} />}
            sx={{ minWidth: 0 }}
          />
        ))}
      </Box>
    </AnswerField>
  );
}

/** A choice's label, its value in results if that differs, and its hotkey. */
function OptionLabel({ label, value, hotkey }: Pick<AnswerOption, 'label' | 'value' | 'hotkey'>) {
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 1.5, overflowWrap: 'anywhere' }}
    >
      {label}
      {label !== value && (
        <Box component="code" sx={{ color: 'text.secondary' }}>
          {value}
        </Box>
      )}
      {hotkey !== '' && (
        <Box component="kbd" aria-hidden sx={key}>
          {hotkey}
        </Box>
      )}
    </Box>
  );
}

function SearchedChoices(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const id = `${ids.label}-search`;
  const options = [...input.options, ...strangers(input.options, values)];
  const chosen = options.filter(({ value }) => values.includes(value));
  const shared = {
    id,
    options,
    size: 'small',
    getOptionLabel: ({ label }: AnswerOption) => label,
    getOptionKey: ({ value }: AnswerOption) => value,
    filterOptions: filterOption,
    slots: slotsForOptions(options.length),
    isOptionEqualToValue: (one: AnswerOption, other: AnswerOption) => one.value === other.value,
  } as const;
  const inputFor = ({ slotProps, ...params }: Parameters<RenderInput>[0]) => (
    <OutlinedInput
      {...params}
      {...slotProps.input}
      name={nameOf(input)}
      placeholder={chosen.length === 0 ? `Search in ${input.options.length} choices` : ''}
      slotProps={{ input: { ...slotProps.htmlInput, 'aria-describedby': ids.below } }}
    />
  );
  return (
    <AnswerField {...props} htmlFor={id}>
      {input.several || values.length > 1 ? (
        <Autocomplete
          {...shared}
          multiple
          disableCloseOnSelect
          value={chosen}
          onChange={(_, picked) => onChange(picked.map(({ value }) => value))}
          renderInput={inputFor}
        />
      ) : (
        <Autocomplete
          {...shared}
          value={chosen[0] ?? null}
          onChange={(_, picked) => onChange(picked === null ? [] : [picked.value])}
          renderInput={inputFor}
        />
      )}
    </AnswerField>
  );
}

const filterOption = filterLongOptions<AnswerOption>(({ label }) => label);

type RenderInput = NonNullable<React.ComponentProps<typeof Autocomplete>['renderInput']>;

/** Answers that aren't among the options. */
function strangers(options: AnswerOption[], values: AnswerProps['values']): AnswerOption[] {
  const known = new Set(options.map(({ value }) => value));
  return values
    .filter((value) => typeof value === 'string' && !known.has(value))
    .map((value) => ({ label: String(value), value: String(value), hotkey: '', hint: '', children: [] }));
}

const key = {
  px: 1,
  border: 1,
  borderColor: 'divider',
  borderRadius: radius.small,
  typography: 'caption',
  fontFamily: 'mono',
  color: 'text.secondary',
} as const;
