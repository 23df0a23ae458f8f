import { expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import { checkText } from '#domain/spec-texts.ts';
import { SourceText } from '#domain/text/source-text.ts';

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Number name="amount" toName="t" min="0" max="100000"/>',
  '<Number name="score" toName="t" min="0" max="10"/>',
);
const configOf = () => ({ config, isForBulk: false });

const tableOf = (amounts: readonly string[], column = 'amount') =>
  `task;${column}\n${amounts.map((amount, row) => `${row + 1};${amount}\n`).join('')}`;
/** The errors, by the line of the cell. */
const errorsOf = (text: string) =>
  checkText(text, configOf).checked.problems.map(
    ({ severity, line, message }) => `${severity} ${line} ${message}`,
  );
const unclear = (line: number, cell: string, meant: number) =>
  `error ${line} “${cell}” isn’t clear in a column with decimal commas. Did you mean ${meant}?`;

it('asks what a dot before three digits means beside decimal commas', () => {
  expect(errorsOf(tableOf(['318,40', '1.200', '1.204,66', '5.500', '12']))).toEqual([
    'error 2 “318,40” isn’t a number. Did you mean 318.4?',
    unclear(3, '1.200', 1200),
    'error 4 “1.204,66” isn’t a number. Did you mean 1204.66?',
    unclear(5, '5.500', 5500),
  ]);
});

it('fixes decimal commas and these dots together', () => {
  const text = tableOf(['318,40', '1.200', '1.204,66', '5.500']);
  const { parsed, checked } = checkText(text, configOf);
  const [first] = checked.problems;
  expect(first!.alike).toBe(4);
  const fixed = applyFixes(
    SourceText.of(text),
    parsed,
    findAlike(parsed.entries, configOf, first!),
  ).toString();
  expect(fixed).toBe(tableOf(['318.4', '1200', '1204.66', '5500']));
  expect(errorsOf(fixed)).toEqual([]);
});

it('offers no fix beside decimal points', () => {
  const [, found] = checkText(tableOf(['318,40', '1.204', '12.5']), configOf).checked.problems;
  expect(found!.message).toBe(
    '“1.204” isn’t clear in a column with decimal commas and points. Write 1204 or 1.2040.',
  );
  expect(found!.fix).toBeUndefined();
});

it('reads a dot as a decimal point without decimal commas, or where thousands are out of range', () => {
  expect(errorsOf(tableOf(['1.200', '5.500', '1.204']))).toEqual([]);
  expect(errorsOf(tableOf(['1.200', '1.234.567']))).toHaveLength(1);
  expect(errorsOf(tableOf(['4,5', '1.200'], 'score'))).toEqual([
    'error 2 “4,5” isn’t a number. Did you mean 4.5?',
  ]);
});

it('finds each of them in a long table and in records', () => {
  const amounts = Array.from(
    { length: 3000 },
    (_, row) => [`${row + 1000}`, `${1 + (row % 9)}.${101 + (row % 800)}`][row % 2]!,
  );
  const { checked } = checkText(tableOf([...amounts, '318,40']), configOf);
  expect([checked.errors, checked.rows]).toEqual([1501, 1500]);
  const records = [
    { task: 1, amount: '318,40' },
    { task: 2, amount: '1.200' },
    { task: 3, amount: 1.2 },
  ];
  expect(checkText(JSON.stringify(records), configOf).checked).toMatchObject({ errors: 2, rows: 1 });
});
