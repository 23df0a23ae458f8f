import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { checkResult } from '#config/check/check-result.ts';
import { describeConfig } from './describe-config.ts';
import { numberAttribute, type Control, type LabelConfig, type Option } from '#config/label-config.ts';
import { readConfig } from './read-config.ts';

/* Real-world configs in seeds/configs, each with a batch that passes and one that fails. */

const folder = new URL('../../../seeds/configs/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const readSeed = (file: string): unknown => JSON.parse(read(file));

const expected = readSeed('expected.json') as Record<string, string[]>;
const { configs: bySdk } = readSeed('parsed-by-sdk.json') as {
  configs: Record<string, Record<string, { type: string; toName: string[]; labels: string[] }>>;
};

const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const configs = new Map(names.map((name) => [name, configNamed(name)]));

describe.each(names)('%s', (name) => {
  const config = configs.get(name)!;
  const resultOf = (file: string) =>
    (readJson(read(`${name}/${file}.json`)).value as JsonObject[])[0]!['result']!;

  it('is read without problems, except for those of unsupported batches', () => {
    expect(config.problems).toEqual([]);
    expect(checkResult(config, resultOf('passes')).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('finds the expected problems', () => {
    const codes = checkResult(config, resultOf('fails')).map(({ code }) => code);
    expect([...new Set(codes)].toSorted()).toEqual(expected[name]);
  });

  it('is read like the SDK does', () => {
    for (const [control, theirs] of Object.entries(bySdk[name]!)) {
      const ours = config.controls.get(control)!;
      expect(ours.tag, control).toBe(theirs.type);
      // A comparison refers to itself in results.
      if (ours.tag !== 'Pairwise') expect(ours.toName, control).toEqual(theirs.toName);
      const labels = ours.tag === 'Ranker' ? [] : all(ours.options).map(({ result }) => result);
      // The SDK ignores labels written between tags.
      if (labels.length === new Set(labels).size && name !== 'photo-quality')
        expect(labels).toEqual(theirs.labels);
      else expect(labels).toEqual(expect.arrayContaining(theirs.labels));
    }
    const missing = [...config.controls.keys()].filter((control) => !bySdk[name]![control]);
    // It knows tag names only in documented case, and doesn’t treat a chat as its own control.
    expect(missing).toEqual({ 'photo-quality': ['quality'], 'chat-and-new-tags': ['chat'] }[name] ?? []);
  });

  it('can be described as JSON', () => {
    const text = JSON.stringify(describeConfig(config));
    for (const control of config.controls.keys()) expect(text).toContain(`"name":"${control}"`);
  });
});

/** Almost valid regions: with the config’s own names and random values. */
function anything(config: LabelConfig): fc.Arbitrary<Json> {
  const controls = [...config.controls.values()];
  const words = controls.flatMap(({ name, type, toName, options }) => [
    name,
    type,
    ...toName,
    ...all(options).map(({ result }) => result),
  ]);
  const odd = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const word = fc.oneof(fc.constantFrom(...words, 'left', 'a', '__proto__', ''), odd);
  const value = fc.dictionary(
    fc.constantFrom(...controls.map(({ type }) => type), ...keys),
    fc.oneof(
      word,
      fc.array(word),
      fc.array(fc.array(word)),
      fc.array(fc.dictionary(fc.constantFrom(...keys), word)),
    ),
  );
  const region = fc.record(
    {
      id: word,
      from_name: word,
      to_name: word,
      type: fc.oneof(fc.constant('relation'), word),
      value: fc.oneof(value, odd),
      parentID: word,
      from_id: word,
      to_id: word,
      labels: word,
      score: odd,
      item_index: odd,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>;
  return fc.oneof(odd, fc.array(fc.oneof(region, odd), { maxLength: 5 }));
}

const keys =
  'x y width height rotation radiusX points rle vertices sequence ranges frame start end startOffset text labels'.split(
    ' ',
  );

it('never throws', () => {
  for (const config of configs.values()) {
    fc.assert(
      fc.property(anything(config), (result) => {
        for (const { code, message, path } of checkResult(config, result)) {
          expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
          expect(message.length).toBeLessThan(600);
          expect(path.every((step) => typeof step === 'string' || Number.isInteger(step))).toBe(true);
        }
      }),
      { seed: 4, numRuns: 150 },
    );
  }
});

it('accepts valid answers for each of the six controls for bulk labelling', () => {
  for (const config of configs.values()) {
    const controls = [...config.controls.values()].filter(
      ({ perRegion, conditions, indexFlag }) =>
        !perRegion && conditions.length === 0 && indexFlag === undefined,
    );
    const answered = controls.flatMap((control) => {
      const value = valueFor(control);
      return value === undefined ? [] : [{ control, value }];
    });
    if (answered.length === 0) continue;
    const result = fc.tuple(
      ...answered.map(({ control, value }) =>
        value.map((one): Json => ({
          from_name: control.name,
          to_name: control.toName[0]!,
          type: control.type,
          value: one,
        })),
      ),
    );
    fc.assert(
      fc.property(result, (regions) => {
        const problems = checkResult(config, regions);
        expect(
          problems.filter(
            ({ code }) => !['control-hidden', 'required-missing', 'options-from-task'].includes(code),
          ),
        ).toEqual([]);
      }),
      { seed: 4, numRuns: 100 },
    );
  }
});

/** Any valid value of a control for bulk labelling. */
function valueFor(control: Control): fc.Arbitrary<JsonObject> | undefined {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const date = fc.tuple(
    fc.integer({ min: 2000, max: 2026 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  );
  const two = (number: number) => String(number).padStart(2, '0');
  switch (control.tag) {
    case 'Choices': {
      if (control.optionsFromTask)
        return fc.array(text, { minLength: 1, maxLength: 1 }).map((choices) => ({ choices }));
      const options = [...new Set(control.options.map(({ result }) => result))];
      const most = control.choice === 'multiple' ? options.length : 1;
      return fc.subarray(options, { minLength: 1, maxLength: most }).map((choices) => ({ choices }));
    }
    case 'Taxonomy':
      return fc.subarray(leaves(control.options, []), { minLength: 1 }).map((taxonomy) => ({ taxonomy }));
    case 'Rating':
      return fc
        .integer({ min: 1, max: numberAttribute(control, 'maxrating') ?? 5 })
        .map((rating) => ({ rating }));
    case 'Number':
      return fc.integer({ min: 1, max: 10_000_000 }).map((cents) => ({ number: cents / 100 }));
    case 'DateTime':
      return date.map(([year, month, day]) => ({
        datetime:
          control.attributes['only'] === 'date'
            ? `${two(day)}.${two(month)}.${year}`
            : `${year}-${two(month)}-${two(day)}T00:30`,
      }));
    case 'TextArea':
      return fc.array(text, { minLength: 1, maxLength: 1 }).map((one) => ({ text: one }));
    default:
      return undefined;
  }
}

function leaves(options: readonly Option[], above: string[]): string[][] {
  return options.flatMap(({ result, children }) =>
    children.length === 0 ? [[...above, result]] : leaves(children, [...above, result]),
  );
}

function all(options: readonly Option[]): Option[] {
  return options.flatMap((option) => [option, ...all(option.children)]);
}

function configNamed(name: string): LabelConfig {
  const config = readConfig(read(`${name}/config.xml`));
  if (!config.ok) throw new Error(`${name}: ${config.problem.message}`);
  return config.config;
}
