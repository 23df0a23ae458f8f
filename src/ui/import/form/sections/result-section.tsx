import { useId, useState } from 'react';
import { useController, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { Answer, FormRegion, FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { AnswerOnScreen, AnswersOfProject } from '#engine/batch/calls/form-calls.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Answers } from '#ui/import/form/answers/answers.tsx';
import { RawJson } from '#ui/import/form/fields/raw-json.tsx';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';
import { PageBar, usePageOf } from '#ui/components/inputs/page-bar.tsx';
import { listNames } from '#ui/components/list-names.ts';
import { count } from '#ui/components/numbers.ts';
import { controlOf } from './region-summary.ts';
import { Region } from './region.tsx';
import { folded, radioRow, Section } from '#ui/import/form/fields/section.tsx';

interface ResultSectionProps {
  answers: AnswersOfProject;
  /** Names of inputs that don’t apply to the current answers. */
  hidden: string[];
  problems: FieldProblem[];
  asked: AskedField | undefined;
}

/** A field to navigate to: `result.700.json`, `answers.sentiment`. A new object each time. */
export interface AskedField {
  field: string;
}

/** The result: the project’s inputs, and other regions as JSON. */
export function ResultSection({ answers, hidden, problems, asked }: ResultSectionProps) {
  const id = useId();
  const engine = useEngine();
  const { control, getValues, setValue } = useFormContext<FormValues>();
  const { field: hasResult, fieldState } = useController({ control, name: 'hasResult' });
  const list = useFieldArray({ control, name: 'result' });
  const regions = useWatch({ control, name: 'result' });
  const [removed, setRemoved] = useState<{ index: number; region: FormRegion }>();
  const [added, setAdded] = useState<number>();
  const { inputs } = answers;
  const regionOf = ({ name }: AnswerOnScreen) => regions.findIndex(({ answer }) => answer?.control === name);
  const asJson = regions.flatMap(({ answer, json }, index) =>
    answer === undefined ? [{ index, control: controlOf(json) }] : [],
  );
  const page = usePageOf({ total: asJson.length, size: 50, asked: useAskedRegion(asked, asJson) });

  async function add() {
    const json = await engine.batch.exampleRegion();
    page.setFirst(asJson.length);
    setAdded(regions.length);
    list.append({ json }, { focusName: `result.${regions.length}.json` });
  }

  function answer(input: AnswerOnScreen, values: Answer['values']) {
    const index = regionOf(input);
    const { name, kind, key, format, blank } = input;
    if (values.length === 0) {
      if (index >= 0) list.remove(index);
    } else if (index >= 0) {
      setValue(`result.${index}.answer.values`, values);
    } else {
      const filled = { control: name, kind, key, format, values };
      list.append({ json: blank, answer: filled }, { shouldFocus: false });
      if (!hasResult.value) hasResult.onChange(true);
    }
  }

  function remove(index: number) {
    const region = getValues(`result.${index}`);
    list.remove(index);
    setRemoved({ index, region });
  }

  const rawJson = useWatch({ control, name: 'rawJson.result' });
  // Open if it has content, or if there is no other place for labels.
  const [isOpenAtFirst] = useState(asJson.length > 0 || inputs.length === 0 || rawJson !== undefined);
  const isAsked = asked !== undefined && /^(result|hasResult)/.test(asked.field);

  return (
    <Section title="Labels" end={hasKeys(inputs) && <Quiet>Keys work while a choice is focused</Quiet>}>
      <Answers
        inputs={inputs}
        hidden={hidden}
        problems={problems}
        valuesOf={(input) => regions[regionOf(input)]?.answer?.values ?? []}
        asked={asked}
        asJson={({ name }) => asJson.filter(({ control: of }) => of === name).map(({ index }) => index)}
        onChange={answer}
      />
      <AboutInputs answers={answers} />
      <Box component="details" open={isOpenAtFirst || isAsked || undefined} sx={folded}>
        <summary>
          {asJson.length > 0 ? `${count(asJson.length, 'label')} as JSON` : 'Other labels, as JSON'}
        </summary>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 4, pt: 3 }}>
          <FormControl>
            <FormLabel id={id}>Labels are</FormLabel>
            <RadioGroup
              row
              aria-labelledby={id}
              aria-describedby={`${id}-below`}
              name="hasResult"
              value={String(hasResult.value)}
              onChange={(_, value) => hasResult.onChange(value === 'true')}
              sx={radioRow}
            >
              <FormControlLabel value="true" label="A list of regions" control={<Radio />} />
              <FormControlLabel value="false" label="Not set" control={<Radio />} />
            </RadioGroup>
            <BelowField id={`${id}-below`} problem={fieldState.error} help={undefined} />
            <RawJson field="result" />
          </FormControl>
          {hasResult.value && (
            <>
              <PageBar page={page} what="Regions" />
              {asJson.slice(page.first, page.end).map(({ index }) => (
                <Region
                  key={list.fields[index]?.id ?? index}
                  index={index}
                  total={regions.length}
                  isAsked={index === added || asked?.field === `result.${index}.json`}
                  onMove={(to) => list.move(index, to)}
                  onDuplicate={() => list.insert(index + 1, getValues(`result.${index}`))}
                  onRemove={() => remove(index)}
                />
              ))}
              <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
                <Button variant="outlined" startIcon={<AddIcon />} onClick={() => void add()}>
                  Add a region
                </Button>
                <Box role="status" sx={{ color: 'text.secondary' }}>
                  {removed && `Region ${removed.index + 1} was removed.`}
                </Box>
                {removed && (
                  <Button
                    size="small"
                    onClick={() => {
                      list.insert(removed.index, removed.region);
                      setRemoved(undefined);
                    }}
                  >
                    Undo
                  </Button>
                )}
              </Box>
            </>
          )}
        </Box>
      </Box>
    </Section>
  );
}

const hasKeys = (inputs: readonly AnswerOnScreen[]) =>
  inputs.some(({ options }) => options.rows.some(({ hotkey }) => hotkey !== ''));

const Quiet = ({ children }: { children: string }) => (
  <Box sx={{ typography: 'caption', color: 'text.secondary' }}>{children}</Box>
);

/** The index of a requested region among those shown as JSON. */
function useAskedRegion(asked: AskedField | undefined, asJson: readonly { index: number }[]) {
  const [last, setLast] = useState<{ asked: AskedField | undefined; item?: { item: number } }>({ asked });
  if (asked === last.asked) return last.item;
  const index = Number(/^result\.(\d+)\./.exec(asked?.field ?? '')?.[1] ?? Number.NaN);
  const item = { item: asJson.findIndex((one) => one.index === index) };
  setLast({ asked, item });
  return item;
}

/** Why some or all of the project's controls have no input. */
function AboutInputs({ answers: { why, inputs, beyond } }: { answers: AnswersOfProject }) {
  if (why !== undefined) {
    return <Box sx={{ color: 'text.secondary' }}>{why}. Choose a project to fill in its labels here.</Box>;
  }
  if (beyond.length === 0) return null;
  const names = listNames(beyond.map(({ control, why: reason }) => `“${control}” ${reason}`));
  return (
    <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {inputs.length === 0
        ? 'This project’s labels can’t be filled in here'
        : 'Some labels can’t be filled in here'}
      : {names}. Add those regions as JSON.
    </Box>
  );
}
