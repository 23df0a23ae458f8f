import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { labelsOf } from '#config/labels.ts';
import { asRequests } from '#domain/plan/write-requests.ts';
import { EntryCounts } from '#domain/problems/entry-counts.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { checkText, valuesOf as jsonOf } from '#domain/spec-texts.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import type { RemainingEntry } from '#domain/results/exports/remaining-rows.ts';
import { writeRemainingFile } from '#domain/results/exports/remaining-file.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { readValues } from './unmatched-values.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Choices name="state" toName="text" choice="multiple"><Choice value="Good" alias="g"/><Choice value="Bad" alias="b"/></Choices>
  <Taxonomy name="place" toName="text" leafsOnly="true">
    <Choice value="Europe" alias="EU"><Choice value="Germany" alias="DE"/><Choice value="France"/></Choice>
  </Taxonomy>
  <Choices name="open" toName="text" value="$options"/>
  <TextArea name="note" toName="text"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const { config } = read;
const configOf = () => ({ config, isForBulk: true });

const checked = (text: string, values?: ImportSettings['values'], more?: ImportSettings) =>
  checkText(text, configOf, { ...more, ...(values && { values }) });
const valuesOf = (text: string, values?: ImportSettings['values']) =>
  readValues(checked(text, values).parsed.grid!, config, values === undefined ? {} : { values });
const picksOf = (text: string, values?: ImportSettings['values']) =>
  jsonOf(checked(text, values).parsed.entries).map((entry) =>
    (entry as { result: { value: object }[] }).result.map(({ value }) => Object.values(value)[0] as unknown),
  );
const errorsOf = (text: string, values?: ImportSettings['values']) =>
  checked(text, values)
    .checked.problems.filter(({ severity }) => severity === 'error')
    .map(({ code, line }) => `${line} ${code}`);

/** The text after applying the first fix for this code to all. */
function fixed(text: string, code: string): string {
  const { parsed, checked: found } = checked(text);
  const problem = found.problems.find((one) => one.code === code)!;
  return applyFixes(SourceText.of(text), parsed, findAlike(parsed.entries, configOf, problem)).toString();
}

describe('values that match no label', () => {
  it('are only counted if they are too long to show', () => {
    const long = 'x'.repeat(301);
    const [mood] = valuesOf(`task,mood\n1,pos\n2,${long}\n3,${long}y\n`);
    expect(mood).toMatchObject({ more: 2, tooLong: 2 });
    expect(mood!.values.map(({ written }) => written)).toEqual(['pos']);
  });

  it('are listed once with their rows, most frequent first, with suggestions', () => {
    const text = 'task,mood\n1,pos\n2,Positive\n3,Grumble\n4,pos\n5,negativ\n6,pos\n7,negativ\n8,\n';
    expect(valuesOf(text)).toEqual([
      {
        column: 'mood',
        control: 'mood',
        distinct: 4,
        values: [
          { written: 'pos', rows: 3, suggestion: 'Positive', isDisplayedName: false },
          { written: 'negativ', rows: 2, suggestion: 'Negative', isDisplayedName: false },
          { written: 'Grumble', rows: 1 },
        ],
        more: 0,
        tooLong: 0,
      },
    ]);
  });

  it('can be a displayed name, which is a certain suggestion but still needs confirmation', () => {
    const text = 'task,state\n1,Good\n2,g|Bad\n3,Good|Good\n4,goo\n';
    expect(valuesOf(text)[0]!.values).toEqual([
      { written: 'Good', rows: 2, suggestion: 'g', isDisplayedName: true },
      { written: 'Bad', rows: 1, suggestion: 'b', isDisplayedName: true },
      { written: 'goo', rows: 1, suggestion: 'g', isDisplayedName: false },
    ]);
    expect(errorsOf(text)).not.toEqual([]);
  });

  it('are whole paths for nested labels', () => {
    const text = 'task,place\n1,EU > DE\n2,Europe>Germany\n3,EU > Franc\n4,EU\n5,Mars|DE\n';
    expect(valuesOf(text)[0]!.values).toEqual([
      { written: 'Europe > Germany', rows: 1, suggestion: ['EU', 'DE'], isDisplayedName: true },
      { written: 'EU > Franc', rows: 1, suggestion: ['EU', 'France'], isDisplayedName: false },
      { written: 'EU', rows: 1 },
      { written: 'Mars', rows: 1 },
      { written: 'DE', rows: 1, suggestion: ['EU', 'DE'], isDisplayedName: false },
    ]);
  });

  it('have no suggestion that drops one of several values', () => {
    const text =
      'task,state,place\n1,Good; b,EU > DE; EU > France\n2,"Bad,g","EU > DE, EU > France"\n3,g&Good,Mars > DE\n';
    for (const { values } of valuesOf(text))
      expect(values.map(({ suggestion }) => suggestion)).toEqual([undefined, undefined, undefined]);
    expect(fixed(text, 'choices-joined')).toBe(
      'task,state,place\n1,g|b,EU > DE|EU > France\n2,b|g,EU > DE|EU > France\n3,g|g,Mars > DE\n',
    );
  });

  it('are found in records of any list, too', () => {
    const records = [
      { task: 1, mood: 'pos', state: ['g', 'Good'] },
      { task: 2, mood: 'Positive', state: 'Good', place: ['x', 4] },
      { task: 3 },
    ];
    expect(valuesOf(JSON.stringify(records)).map(({ control, values }) => [control, values.length])).toEqual([
      ['mood', 1],
      ['state', 1],
      ['place', 0],
    ]);
  });

  it('are empty for texts, or if only the task knows the labels', () => {
    const columns = { note: 'control:note', open: 'control:open' } as const;
    const single = () => ({ config, isForBulk: false });
    const { parsed } = checkText('task,note,open\n1,pos,pos\n', single, { columns });
    expect(parsed.grid!.targets).toEqual(['task', 'control:note', 'control:open']);
    expect(readValues(parsed.grid!, config, {})).toEqual([]);
  });

  it('don’t prevent recognising a column by its other values', () => {
    const targetOf = (mood: string) => checked(`task,x\n1,${mood}`).parsed.reading!.columns[1]!.target;
    expect(targetOf('pos\n2,negativ\n3,odd')).toBe('control:mood');
    expect(targetOf('pos\n2,odd\n3,other')).toBe('nothing');
    expect(targetOf('EU > german\n2,France')).toBe('control:place');
  });

  it('are listed up to two hundred, then counted', () => {
    const rows = Array.from({ length: 1000 }, (_, row) => `${row + 1},odd ${row < 500 ? row % 250 : row}`);
    const [mood] = valuesOf(['task,mood', ...rows].join('\n'));
    expect([mood!.values.length, mood!.more, mood!.values[0]!.rows]).toEqual([200, 550, 2]);
    // Mapped values are always listed.
    const values = { mood: { 'odd 999': 'Positive' } };
    const [accepted] = valuesOf(['task,mood', ...rows].join('\n'), values);
    expect([accepted!.values.length, accepted!.more]).toEqual([201, 549]);
    expect(accepted!.values.at(-1)).toEqual({ written: 'odd 999', rows: 1, label: 'Positive' });
  });
});

describe('a mapped value', () => {
  it('becomes the label everywhere, without changing the text', () => {
    const text = 'task,mood,state\n1,pos,Good|b\n2,Positive,\n3,neg,"[""Good""]"\n';
    const values = { mood: { pos: 'Positive', neg: 'Negative' }, state: { Good: 'g' } };
    expect(picksOf(text, values)).toEqual([
      [['Positive'], ['g', 'b']],
      [['Positive']],
      [['Negative'], ['g']],
    ]);
    expect(errorsOf(text)).not.toEqual([]);
    expect(errorsOf(text, values)).toEqual([]);
    expect(valuesOf(text, values).flatMap(({ values: all }) => all)).toEqual([
      { written: 'pos', rows: 1, label: 'Positive' },
      { written: 'neg', rows: 1, label: 'Negative' },
      { written: 'Good', rows: 2, label: 'g' },
    ]);
    expect(asRequests(checked(text, values).parsed.entries)).not.toContain('pos"');
  });

  it('can be a path', () => {
    const text = 'task,place\n1,europe > germany\n2,EU > DE\n';
    const values = { place: { 'europe > germany': ['EU', 'DE'] } };
    expect(picksOf(text, values)).toEqual([[[['EU', 'DE']]], [[['EU', 'DE']]]]);
  });

  it('works in records with lists and texts', () => {
    const text = JSON.stringify([
      { task: 1, mood: 'pos', state: ['Good', 'b'] },
      { task: 2, mood: ['pos'], state: [1] },
    ]);
    const values = { mood: { pos: 'Positive' }, state: { Good: 'g' } };
    expect(picksOf(text, values)).toEqual([
      [['Positive'], ['g', 'b']],
      [['Positive'], [1]],
    ]);
  });

  it('is never a label, and never mapped to a label that no longer exists', () => {
    const text = 'task,mood\n1,Positive\n2,pos\n';
    const values = { mood: { Positive: 'Negative', pos: 'Neutral' } };
    expect(picksOf(text, values)).toEqual([[['Positive']], [['pos']]]);
    expect(valuesOf(text, values)[0]!.values).toMatchObject([{ written: 'pos', suggestion: 'Positive' }]);
  });

  it('can be named like a JavaScript property', () => {
    const text = 'task,mood\n1,constructor\n2,__proto__\n';
    expect(picksOf(text, { mood: {} })).toEqual([[['constructor']], [['__proto__']]]);
    const values = { mood: JSON.parse('{"__proto__": "Negative"}') as Record<string, string> };
    expect(picksOf(text, values)[1]).toEqual([['Negative']]);
  });

  it('keeps its text when another choice of its cell is fixed, and in the file of remaining rows', () => {
    const text = 'task,state\n1,Good|Bad\n2,Good\n';
    const values = { state: { Good: 'g' } };
    const { parsed, checked: found } = checked(text, values);
    const problem = found.problems.find(({ fix }) => fix !== undefined)!;
    expect(applyFixes(SourceText.of(text), parsed, [problem]).toString()).toBe(
      'task,state\n1,Good|b\n2,Good\n',
    );
    const rest = new Map<number, RemainingEntry>([[1, { reason: 'not sent', more: 0 }]]);
    const source = { text: SourceText.of(text), parsed, entryErrors: new EntryCounts(), configOf };
    expect([...writeRemainingFile(source, rest).parts].join('')).toBe(
      'task,state,problem\n2,Good,not sent\n',
    );
  });
});

it('shows labels as annotators see them', () => {
  expect(labelsOf(config.controls.get('state')!)).toEqual([
    { label: 'g', displayed: 'Good' },
    { label: 'b', displayed: 'Bad' },
  ]);
  expect(labelsOf(config.controls.get('place')!)).toEqual([
    { label: ['EU', 'DE'], displayed: 'Europe > Germany' },
    { label: ['EU', 'France'], displayed: 'Europe > France' },
  ]);
});
