import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelConfig } from '#config/label-config.ts';
import { readConfig } from '#config/read/read-config.ts';
import sandboxProjects from '../../../seeds/sandbox/projects.json' with { type: 'json' };
import { answerForm, type AnswerInput, type AnswerOption } from './answer-inputs.ts';
import { hiddenInputs, regionText, assignRegions } from './region-answers.ts';
import { checkForm } from './check-form.ts';
import { readEntry, writeEntry } from './edit-entry.ts';
import { emptyForm, type Answer, type FormRegion } from './form-values.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { checkText, parseText } from '#domain/spec-texts.ts';

const folder = new URL('../../../seeds/configs/', import.meta.url);
const configsInSeeds = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, readFileSync(new URL(`${name}/config.xml`, folder), 'utf8')] as const);
const everyConfig = [
  ...configsInSeeds,
  ...sandboxProjects.map(({ title, label_config: xml }) => [title, xml] as const),
];

function configOf(xml: string): LabelConfig {
  const read = readConfig(xml);
  if (!read.ok) throw new Error(read.problem.message);
  return read.config;
}

const wrapped = (...tags: string[]) => configOf(`<View><Text name="t" value="$t"/>${tags.join('')}</View>`);
const inputsOf = (...tags: string[]) => answerForm(wrapped(...tags)).inputs;

const region = (name: string, type: string, value: string, more = '') =>
  `{"from_name": "${name}", "to_name": "t", "type": "${type}", ${more}"value": ${value}}`;

/** The content of the inputs for a region, and what stays JSON. */
const shownOf = (json: string, inputs: AnswerInput[]) => assignRegions([{ json }], inputs)[0]!.answer?.values;

const moods = '<Choices name="m" toName="t"><Choice value="Good" alias="g"/><Choice value="Bad"/></Choices>';
const several =
  '<Choices name="m" toName="t" choice="multiple"><Choice value="A"/><Choice value="B"/></Choices>';
const places =
  '<Taxonomy name="p" toName="t"><Choice value="EU"><Choice value="DE"/></Choice><Choice value="US"/></Taxonomy>';

describe('an input', () => {
  it.each([
    [moods, region('m', 'choices', '{"choices": ["g"]}'), ['g']],
    [several, region('m', 'choices', '{"choices": ["A", "B"]}'), ['A', 'B']],
    [places, region('p', 'taxonomy', '{"taxonomy": [["EU", "DE"], ["US"]]}'), [['EU', 'DE'], ['US']]],
    ['<Rating name="r" toName="t"/>', region('r', 'rating', '{"rating": 4}'), ['4']],
    ['<Number name="n" toName="t"/>', region('n', 'number', '{"number": 1.50e1}'), ['15']],
    ['<TextArea name="w" toName="t"/>', region('w', 'textarea', '{"text": ["a", "b"]}'), ['a', 'b']],
    [
      '<DateTime name="d" toName="t"/>',
      region('d', 'datetime', '{"datetime": "2026-08-01T09:30"}'),
      ['2026-08-01T09:30'],
    ],
    [
      '<DateTime name="d" toName="t" only="date" format="%d.%m.%Y"/>',
      region('d', 'datetime', '{"datetime": "03.02.2026"}'),
      ['2026-02-03'],
    ],
    [
      '<DateTime name="d" toName="t" only="time"/>',
      region('d', 'datetime', '{"datetime": "09:30"}'),
      ['09:30'],
    ],
    [
      '<DateTime name="d" toName="t" only="year"/>',
      region('d', 'datetime', '{"datetime": "2026"}'),
      undefined,
    ],
    [
      '<DateTime name="d" toName="t" only="date" format="%B %Y"/>',
      region('d', 'datetime', '{"datetime": "May 2026"}'),
      ['May 2026'],
    ],
  ])('made of %s shows %s', (tag, json, values) => {
    expect(shownOf(json, inputsOf(tag))).toEqual(values);
  });

  it.each([
    ['a text where a list belongs', moods, region('m', 'choices', '{"choices": "g"}')],
    ['a number among the choices', moods, region('m', 'choices', '{"choices": [1]}')],
    ['more in its value than the answer', moods, region('m', 'choices', '{"choices": ["g"], "note": 1}')],
    ['no value', moods, region('m', 'choices', 'null')],
    ['an empty list', moods, region('m', 'choices', '{"choices": []}')],
    ['a rating in quotes', '<Rating name="r" toName="t"/>', region('r', 'rating', '{"rating": "4"}')],
    [
      'a day that no calendar has',
      '<DateTime name="d" toName="t" only="date"/>',
      region('d', 'datetime', '{"datetime": "2026-02-30"}'),
    ],
    [
      'a date written otherwise',
      '<DateTime name="d" toName="t" only="date"/>',
      region('d', 'datetime', '{"datetime": "2026-2-3"}'),
    ],
    ['another control', moods, region('other', 'choices', '{"choices": ["g"]}')],
    ['no JSON', moods, '{"from_name": "m"'],
  ])('keeps a region as JSON if it has %s', (_, tag, json) => {
    expect(shownOf(json, inputsOf(tag))).toBeUndefined();
  });

  it('shows neither of two regions of the same control, because it can’t show both', () => {
    const json = region('m', 'choices', '{"choices": ["g"]}');
    expect(assignRegions([{ json }, { json }], inputsOf(moods)).map(({ answer }) => answer)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('changes nothing when shown, and only its answer when changed', () => {
    const json = region(
      'm',
      'choices',
      '{"choices": ["g"]}',
      '"id": "x", "score": 0.10, "meta": {"a": 1e2}, ',
    );
    const [shown] = assignRegions([{ json }], inputsOf(moods));
    expect(regionText(shown!)).toBe(json);
    expect(regionText({ json, answer: { ...shown!.answer!, values: ['Bad'] } })).toBe(
      formatJson(json.replace('"g"', '"Bad"')),
    );
  });

  it('keeps an invalid number as text, which the check refuses with the editor’s message', () => {
    const config = wrapped('<Number name="n" toName="t" max="5"/>');
    const [input] = answerForm(config).inputs;
    const problemsOf = (typed: string) =>
      checkForm({ ...emptyForm, taskIds: '1', hasResult: true, result: [answered(input!, [typed])] }, () => ({
        config,
        isForBulk: true,
      })).map(({ field, message }) => `${field}: ${message}`);
    expect(problemsOf('4.5')).toEqual([]);
    expect(problemsOf('six')).toEqual(['answers.n: “six” isn’t a number. Use a number of at most 5.']);
    expect(problemsOf('6')).toEqual(['answers.n: 6 is too large for the number. Use a number of at most 5.']);
  });

  it('has the problem of a missing required answer', () => {
    const config = wrapped(moods.replace('toName', 'required="true" toName'));
    const found = checkForm({ ...emptyForm, taskIds: '1', hasResult: true }, () => ({
      config,
      isForBulk: true,
    }));
    expect(found).toMatchObject([{ code: 'required-missing', field: 'answers.m' }]);
  });
});

it.each([
  ['many values', Array.from({ length: 101 }, () => 'a')],
  ['a long text', ['x'.repeat(10_001)]],
])('%s stay JSON', (_, text) => {
  const inputs = inputsOf('<TextArea name="w" toName="t"/>');
  const of = (texts: string[]) => region('w', 'textarea', JSON.stringify({ text: texts }));
  expect(shownOf(of(text), inputs)).toBeUndefined();
  expect(shownOf(of(text.length > 1 ? text.slice(1) : ['x'.repeat(10_000)]), inputs)).toBeDefined();
});

describe('the inputs of a config', () => {
  it('skip controls that bulk labelling isn’t documented for, with the reason', () => {
    const { inputs, beyond } = answerForm(
      wrapped(
        moods,
        '<Labels name="l" toName="t"><Label value="X"/></Labels>',
        '<Rating name="r" toName="t" perRegion="true"/>',
      ),
    );
    expect(inputs.map(({ name }) => name)).toEqual(['m']);
    expect(beyond).toEqual([
      { control: 'l', why: 'is a <Labels>' },
      { control: 'r', why: 'is answered for each region (perRegion)' },
    ]);
  });

  it('are at most 200, and the others are named', () => {
    const { inputs, beyond } = answerForm(
      wrapped(...Array.from({ length: 202 }, (_, index) => `<Rating name="r${index}" toName="t"/>`)),
    );
    expect(inputs).toHaveLength(200);
    expect(beyond).toEqual([
      { control: 'r200', why: 'comes after the first 200 controls' },
      { control: 'r201', why: 'comes after the first 200 controls' },
    ]);
  });

  it('show a rating as stars, up to a limit', () => {
    const [few, many] = inputsOf(
      '<Rating name="few" toName="t" maxRating="7"/>',
      '<Rating name="many" toName="t" maxRating="1000000"/>',
    );
    expect(few).toMatchObject({ kind: 'rating', key: 'rating', max: '7' });
    expect(many).toMatchObject({ kind: 'number', key: 'rating', hint: '1 to 1000000' });
  });

  it('are hidden if the editor hides them', () => {
    const config = wrapped(
      moods,
      '<TextArea name="why" toName="t" visibleWhen="choice-selected" whenTagName="m" whenChoiceValue="Bad"/>',
    );
    const { inputs } = answerForm(config);
    const hiddenWith = (pick: string) => hiddenInputs([answered(inputs[0]!, [pick])], inputs, config);
    expect(hiddenInputs([], inputs, config)).toEqual(['why']);
    expect(hiddenWith('g')).toEqual(['why']);
    expect(hiddenWith('Bad')).toEqual([]);
  });
});

describe.each(everyConfig)('the form of %s', (_, xml) => {
  const config = configOf(xml);
  const { inputs } = answerForm(config);
  const configOfEntry = () => ({ config, isForBulk: true });

  it('creates only valid values, and reads them back', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const regions = answerAll(
          inputs,
          config,
          (input) => g(answersTo, input),
          () => g(fc.boolean),
        );
        const values = { ...emptyForm, taskIds: '1-3', hasResult: true, result: regions };
        const { text } = writeEntry('{}', parseText('{}'), 0, values);
        const { checked, parsed } = checkText(text, configOfEntry);
        // Answers that need a drawing are outside this form.
        const wrong = checked.problems.filter(
          ({ code, control }) =>
            !(code === 'required-missing' && inputs.every(({ name }) => name !== control)),
        );
        expect(wrong).toEqual([]);
        expect(readEntry(text, parsed, 0, inputs)?.result.map(({ answer }) => answer)).toEqual(
          regions.map(({ answer }) => answer),
        );
      }),
      { numRuns: 60, seed: 20261124 },
    );
  });
});

function answered(input: AnswerInput, values: Answer['values']): FormRegion {
  const { name: control, kind, key, format, blank } = input;
  return { json: blank, answer: { control, kind, key, format, values } };
}

/** Fills in the form from top to bottom, including required answers. */
function answerAll(
  inputs: AnswerInput[],
  config: LabelConfig,
  answer: (input: AnswerInput) => Answer['values'],
  isSkipped: () => boolean,
): FormRegion[] {
  let regions: FormRegion[] = [];
  for (const input of inputs) {
    if (hiddenInputs(regions, inputs, config).includes(input.name)) continue;
    if (input.required || !isSkipped()) regions.push(answered(input, answer(input)));
  }
  // A later answer may have hidden an earlier one, or made another one required.
  for (;;) {
    const hidden = hiddenInputs(regions, inputs, config);
    const visible = regions.filter((one) => !hidden.includes(one.answer!.control));
    const missing = inputs.find(
      ({ name, required }) =>
        required && !hidden.includes(name) && visible.every((one) => one.answer!.control !== name),
    );
    if (visible.length === regions.length && missing === undefined) return regions;
    regions = missing === undefined ? visible : [...visible, answered(missing, answer(missing))];
  }
}

function answersTo(input: AnswerInput): fc.Arbitrary<Answer['values']> {
  const { kind, options, several, leafsOnly, min, max, step, maxTexts } = input;
  const most = several ? { minLength: 1, maxLength: 4 } : { minLength: 1, maxLength: 1 };
  switch (kind) {
    case 'choices':
      return fc.uniqueArray(fc.constantFrom(...options.map(({ value }) => value)), most);
    case 'paths':
      return fc.uniqueArray(fc.constantFrom(...pathsOf(options, leafsOnly)), {
        ...most,
        selector: (path) => path.join('\n'),
      });
    case 'rating':
      return fc.integer({ min: 1, max: Number(max) }).map((stars) => [String(stars)]);
    case 'number': {
      const from = min === '' ? -1000 : Number(min);
      const to = max === '' ? from + 10_000 : Number(max);
      const unit = step === '' ? 0.5 : Number(step);
      return fc
        .integer({ min: 0, max: Math.floor((to - from) / unit) })
        .map((steps) => [String(Number((from + steps * unit).toPrecision(12)))]);
    }
    case 'date':
      return dates(min || '1990-01-01', max || '2040-12-31').map((iso) => [iso.slice(0, 10)]);
    case 'time':
      return dates('2001-01-01', '2001-12-31').map((iso) => [iso.slice(11, 16)]);
    case 'datetime':
      return dates('1990-01-01', '2040-12-31').map((iso) => [iso.slice(0, 16)]);
    case 'date-text':
      throw new Error(`${input.name} needs separate words`);
    case 'texts':
      return fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), {
        minLength: 1,
        maxLength: several ? maxTexts || 4 : 1,
      });
  }
}

const dates = (min: string, max: string) =>
  fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }).map((date) => date.toISOString());

function pathsOf(options: readonly AnswerOption[], leafsOnly: boolean, above: string[] = []): string[][] {
  return options.flatMap(({ value, children }) => {
    const path = [...above, value];
    const below = pathsOf(children, leafsOnly, path);
    return leafsOnly && children.length > 0 ? below : [path, ...below];
  });
}
