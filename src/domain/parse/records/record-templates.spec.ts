import { expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { contentKey } from '#domain/requests/content-codes.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { checkText, valuesOf } from '#domain/spec-texts.ts';
import { validate } from '#domain/validate/validate.ts';

/* Tables with so many distinct rows that those differing only in free text and numbers are checked together. */

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Choices name="mood" toName="t" required="true"><Choice value="Good"/><Choice value="Bad"/></Choices>',
  '<TextArea name="note" toName="t"/>',
  '<Number name="score" toName="t" min="0" max="1000" step="0.5"/>',
);
const configOf = () => ({ config, isForBulk: false });

const notes = (row: number) =>
  ['', `note ${row}`, ` note ${row}`, '["a", "b"]', '[not JSON', '   '][row % 7] ?? `n${row}`;
const scores = (row: number) =>
  [`${row}`, `${row}.0`, `${row / 2}`, '', 'many', `${row}.25`, '-1', '1e3'][row % 11] ?? '7';
const moods = (row: number) =>
  ['Good', 'Bad', 'Good', 'Goood', '', `mood ${row % 4000}`, `["mood ${row % 4000}"]`][row % 13] ?? 'Bad';
const times = (row: number) => [`${row}.5`, `${row}.50`, '-2', 'long', ''][row % 9] ?? `${row}`;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const rowCount = 9000;
const table = `task,mood,note,score,lead_time\n${Array.from({ length: rowCount }, (_, row) =>
  [`${row + 1}`, moods(row), notes(row % 3000), scores(row % 2500), times(row % 100)].map(quoted).join(),
).join('\n')}\n`;

const { parsed, findings, checked } = checkText(table, configOf);
const values = valuesOf(parsed.entries);

it('has fewer templates than distinct rows', () => {
  expect(parsed.entries.firsts.length).toBeLessThan(rowCount / 2);
});

it('reports the problems of each row', () => {
  const kept: string[] = [];
  const expected = new ProblemList(0, ({ severity, code, message, entry, path }) => {
    kept.push(JSON.stringify([severity, code, message, entry, path]));
    return true;
  });
  const each = Array.from(values, (_, entry) => entry);
  const { rows } = validate(
    { ...entriesOf(values), templates: Uint32Array.from(each), firsts: each },
    expected,
    configOf,
  );
  expect([checked.errors, checked.warnings, checked.rows]).toEqual([
    expected.errors,
    expected.warnings,
    rows,
  ]);
  const shown = checked.problems.map(({ severity, code, message, entry, path }) =>
    JSON.stringify([severity, code, message, entry, path]),
  );
  expect(shown.filter((problem) => !kept.includes(problem))).toEqual([]);
  for (const row of each) expect(findings.entryErrors.at(row)).toBe(expected.entryErrors.at(row));
});

it('groups rows with the same content in any notation', () => {
  const { codes } = parsed.entries.contentCodes();
  const codeOf = new Map<string, number>();
  for (const [row, value] of values.entries()) {
    const key = contentKey(value)!;
    expect(codeOf.get(key) ?? codes[row]).toBe(codes[row]);
    codeOf.set(key, codes[row]!);
  }
  expect(new Set(codeOf.values()).size).toBe(codeOf.size);
});

it('groups tiny numbers in any notation', () => {
  // So many distinct numbers that later ones aren’t kept.
  const others = Array.from({ length: 600 }, (_, row) => `${row}.5`);
  const rows = [...others, `0.${'0'.repeat(23)}125`, '1.25e-24'].map(
    (time, row) => `${row + 1},Good,${time}`,
  );
  const { entries } = checkText(`task,mood,lead_time\n${rows.join('\n')}\n`, configOf).parsed;
  const { codes, firsts } = entries.contentCodes();
  expect(firsts).toHaveLength(others.length + 1);
  expect(codes[601]).toBe(codes[600]);
});
