import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { checkText } from './spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="sentiment" toName="text" required="true"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Sparkle name="new" toName="text"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const { config } = read;

/** Only project 1 is known. */
const configOf: ConfigOf = ({ project }) =>
  project === 1 ? { config, isForBulk: true } : { why: 'No project is chosen' };

const region = (choice: string, more = '') =>
  `{"id": "a", "from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": ["${choice}"]}${more}}`;
const batch = (result: string, more = '"project": 1') => `{"tasks": [12], ${more}, "result": ${result}}`;

function findingsOf(text: string): string[] {
  const { problems } = checkText(text, configOf).checked;
  return problems.map(({ severity, code, from, to }) => `${severity} ${code} ${text.slice(from, to)}`);
}

describe('check with a config', () => {
  it.each([
    [batch(`[${region('Positive')}]`), []],
    [batch(`[${region('Positve')}]`), ['error choice-unknown "Positve"']],
    [batch('[]'), ['error required-missing [']],
    [batch('[]', '"project": 1, "was_cancelled": true'), []],
    [
      batch(`[${region('Positive', ', "id": 5')}]`),
      ['error duplicate-key "id"', 'error region-id-not-text 5'],
    ],
    [batch('[7]'), ['error required-missing [', 'error region-not-an-object 7']],
    [batch('{}'), ['error result-not-a-list {']],
    [
      batch('[{"id": "a", "from_name": "sentiment", "to_name": "text", "type": "choices"}]'),
      ['error required-missing [', 'error region-value-missing {'],
    ],
    [
      batch(`[${region('Positive').replace('["Positive"]', '["Positive"], "colour": 1')}]`),
      ['warning value-key-unknown "colour"'],
    ],
  ])('%s', (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
  });

  it('sends no row with an error', () => {
    const { rows, checked } = checkText(
      `[${batch(`[${region('Positve')}]`)}, ${batch(`[${region('Positive')}]`)}]`,
      configOf,
    );
    expect([...rows.entry]).toEqual([1]);
    expect(checked.problems[0]).toMatchObject({
      entry: 0,
      path: ['result', 0, 'value', 'choices', 0],
      fix: { path: ['result', 0, 'value', 'choices', 0], value: 'Positive', words: 'Use “Positive”' },
    });
  });

  it('reports an unknown tag once', () => {
    const unknown = region('x').replace('sentiment', 'new').replace('choices', 'sparkle');
    const text = `[${batch(`[${region('Positive')}, ${unknown}]`)}, ${batch(`[${region('Positive')}, ${unknown}]`)}]`;
    const { problems } = checkText(text, configOf).checked;
    expect(problems.filter(({ code }) => code === 'tag-unknown')).toHaveLength(1);
  });

  it('says what was not checked, and still runs the checks that need no config', () => {
    const text = `[${batch('[{"value": {}}]', '"project": 2')}, ${batch('[]')}]`;
    const { checked } = checkText(text, configOf);
    expect(checked.notChecked).toEqual(['No project is chosen']);
    expect(checked.problems.map(({ code }) => code)).toEqual([
      'region-key-missing',
      'task-again-with-other-result',
      'required-missing',
    ]);
    expect(checkText(batch(`[${region('Positive')}]`), configOf).checked.notChecked).toEqual([]);
  });
});
