import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { problemLimit } from './check.ts';
import { applyFixes, findAlike } from './fix.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { checkText } from './spec-texts.ts';

const read = readConfig(`<View>
  <Text name="text" value="$text"/>
  <Choices name="mood" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Rating name="stars" toName="text"/>
</View>`);
if (!read.ok) throw new Error(read.problem.message);
const configOf = () => ({ config: read.config, isForBulk: true });

const mood = (choice: string) =>
  `{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["${choice}"]}}`;
const entry = (task: number | string, ...regions: string[]) =>
  `{"task": ${task}, "result": [${regions.join(', ')}]}`;

/** Fixes the first problem with this code, and all similar ones. */
function fixAll(text: string, code: string): string {
  const { parsed, checked } = checkText(text, configOf);
  const problem = checked.problems.find((one) => one.code === code)!;
  return applyFixes(SourceText.of(text), parsed, findAlike(parsed.entries, configOf, problem)).toString();
}

describe('applyFixes', () => {
  it('changes one value and no other character', () => {
    const text = `[ ${entry(1, mood('Positiv'))},\n\n  ${entry(2, mood('Positiv'))} ]  `;
    const { parsed, checked } = checkText(text, configOf);
    expect(checked.problems.map(({ message }) => message)).toEqual([
      '“Positiv” isn’t a choice in “mood”. Did you mean “Positive”?',
      '“Positiv” isn’t a choice in “mood”. Did you mean “Positive”?',
    ]);
    expect(applyFixes(SourceText.of(text), parsed, [checked.problems[1]!]).toString()).toBe(
      `[ ${entry(1, mood('Positiv'))},\n\n  ${entry(2, mood('Positive'))} ]  `,
    );
  });

  it('is applied to all similar problems and to nothing else', () => {
    const text = `[${entry(1, mood('Positiv'))}, ${entry(2, mood('Negativ'))}, ${entry(3, mood('Positiv'))}]`;
    expect(fixAll(text, 'choice-unknown')).toBe(
      `[${entry(1, mood('Positive'))}, ${entry(2, mood('Negativ'))}, ${entry(3, mood('Positive'))}]`,
    );
  });

  it('adds a missing key in the layout of its neighbours', () => {
    const region =
      '{\n    "from_name": "mood",\n    "type": "choices",\n    "value": {"choices": ["Positive"]}\n  }';
    const text = `{"task": 1, "result": [\n  ${region}\n]}`;
    expect(fixAll(text, 'to-name-missing')).toBe(
      text.replace('["Positive"]}\n', '["Positive"]},\n    "to_name": "text"\n'),
    );
  });

  it('fixes a single request, and a value that should be a list', () => {
    const text = entry(1, mood('Positive').replace('["Positive"]', '"Positive"'));
    expect(fixAll(text, 'value-not-a-list')).toBe(entry(1, mood('Positive')));
  });

  it('keeps the spelling of other numbers', () => {
    const rating = (stars: string) =>
      `{"from_name": "stars", "to_name": "text", "type": "rating", "score": 0.10, "value": {"rating": ${stars}}}`;
    expect(fixAll(entry('9007199254740993', rating('"4"')), 'value-number-in-quotes')).toBe(
      entry('9007199254740993', rating('4')),
    );
  });

  it('reaches problems beyond the list and counts them', () => {
    const many = problemLimit + 500;
    const textOf = (choice: string) =>
      `[${Array.from({ length: many }, (_, task) => entry(task + 1, mood(choice))).join(',\n')}]`;
    expect(checkText(textOf('positive'), configOf).checked.problems[0]).toMatchObject({ alike: many });
    expect(fixAll(textOf('positive'), 'choice-unknown')).toBe(textOf('Positive'));
  });
});
