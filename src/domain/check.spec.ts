import { describe, expect, it } from 'vitest';
import { problemLimit } from './check.ts';
import { checkText } from './spec-texts.ts';

/** The problems as `line:column code "what they point at"`. */
function problemsOf(text: string): string[] {
  return checkText(text).checked.problems.map(
    ({ line, column, code, from, to }) => `${line}:${column} ${code} ${text.slice(from, to)}`,
  );
}

describe('check', () => {
  it('finds nothing in an empty text', () => {
    expect(checkText('').checked).toEqual({
      format: 'empty',
      entries: 0,
      rows: 0,
      errors: 0,
      warnings: 0,
      refused: 0,
      sourceErrors: 0,
      problems: [],
      problemGroups: [],
      moreGroups: 0,
      truncated: false,
      notChecked: [],
    });
  });

  it('counts requests and rows', () => {
    const { checked, rows } = checkText('[{"tasks": [1, 2], "result": []}, {"tasks": ["x"], "result": []}]');
    expect(checked).toMatchObject({ format: 'requests', entries: 2, rows: 2, errors: 1, warnings: 0 });
    expect([...rows.task]).toEqual([1, 2]);
  });

  it.each([
    ['[{"tasks": [1 2]}]', ['1:15 json-comma-missing 2']],
    ['{\n  "tasks": [1],\n  "reslut": []\n}', ['1:1 result-left-out {', '3:3 field-unknown "reslut"']],
    [
      '{\n  "tasks": ["a"],\n  "result": [{}]\n}',
      ['2:13 task-id-not-whole "a"', '3:14 region-value-missing {', '3:14 region-key-missing {'],
    ],
    ['[{"tasks": [1], "result": []},\n 7]', ['2:2 request-not-an-object 7']],
    ['[{"result": []}]', ['1:2 no-target {']],
    ['{"tasks": [1], "completed_by": null, "result": []}', ['1:32 null-not-allowed null']],
    [
      '{"tasks": [1], "result": [], "unique_id": "\\u0000"}',
      ['1:43 unique-id-not-a-uuid "\\u0000"', '1:44 nul-character \\u0000'],
    ],
  ])('%s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('counts valid rows when entries share a template and only some task IDs are wrong', () => {
    const ids = ['90071992547409930', '1', '2', '0', '3', '1000000000000000', '4'];
    const lines = ids.map((id) => `{"task": ${id}, "result": []}`);
    const { checked, rows } = checkText(lines.join('\n'));
    expect(checked).toMatchObject({ entries: 7, rows: 5, errors: 2, refused: 2, warnings: 1 });
    expect([...rows.task]).toEqual([1, 2, 3, 1e15, 4]);
  });

  it('refuses every task ID that is too large, listed or not', () => {
    const isTooLarge = (row: number) => row < 1500 || row % 4 > 1;
    const lines = Array.from({ length: 5000 }, (_, row) => {
      const result = row % 1000 === 0 ? '[], "nonsense": 1' : '[]';
      return `{"task": ${isTooLarge(row) ? 900_000_000_000_000_000n + BigInt(row) : row}, "result": ${result}}`;
    });
    const { checked, findings, rows } = checkText(lines.join('\n'));
    const areWrong = lines.map((_, row) => Number(isTooLarge(row)) + Number(row % 1000 === 0));
    expect(lines.map((_, row) => findings.entryErrors.at(row))).toEqual(areWrong);
    const refused = areWrong.filter((errors) => errors > 0).length;
    const errors = areWrong.reduce((sum, count) => sum + count, 0);
    expect(checked).toMatchObject({ entries: 5000, rows: 5000 - refused, errors, refused, warnings: 0 });
    expect(rows.count).toBe(5000 - refused);
    expect(checked.problemGroups.map(({ count }) => count)).toEqual([errors - 5, 5]);
    expect(checked.problems.at(-1)?.message).toContain('900000000000000998');
  });

  it.each([
    ['7', '90071992547409930', '90071992547409931', '8', '7'],
    ['90071992547409930', '7', '7', '90071992547409930', '90071992547409929'],
    ['8', '90071992547409930', '7', '7'],
  ])('finds a repeated task among IDs that are too large: %j', (...ids) => {
    const lines = ids.map((id) => `{"task": ${id}, "result": []}`);
    const again = problemsOf(lines.join('\n')).filter((problem) => problem.includes('again'));
    expect(again).toEqual([`${ids.lastIndexOf('7') + 1}:10 task-again-with-same-result 7`]);
  });

  it('names the line of the related place', () => {
    const [problem] = checkText('{"tasks": [1], "result": [],\n "tasks": [2]}').checked.problems;
    expect(problem).toMatchObject({ entry: 0, path: ['tasks'], line: 2, column: 2 });
    expect(problem?.message).toMatch(/ The first one is at line 1, column 2\.$/);
  });

  it('doesn’t send a request with a syntax error', () => {
    const { checked, rows } = checkText(
      '[{"tasks": [1], "result": []}, {"tasks": [2], "result": [], "result": []}]',
    );
    expect(checked).toMatchObject({ errors: 1, rows: 1 });
    expect([...rows.task]).toEqual([1]);
    expect(checked.problems[0]).toMatchObject({ code: 'duplicate-key', entry: 1, path: ['result'] });
  });

  it('lists problems in text order', () => {
    const text =
      '[{"result": []}, {"tasks": [1]}, {"result": [], "result": []}, {"tasks": ["x"], "result": []}]';
    const { problems } = checkText(text).checked;
    expect(problems.map(({ from }) => from)).toEqual(
      problems.map(({ from }) => from).toSorted((a, b) => a - b),
    );
    expect(problems).toHaveLength(5);
  });

  it('lists the first problems and counts all', () => {
    const text = JSON.stringify({ tasks: Array.from({ length: 5000 }, () => 'x'), result: [] });
    const { errors, problems, truncated } = checkText(text).checked;
    expect([errors, problems.length, truncated]).toEqual([5000, problemLimit, true]);
  });

  it('assigns the problem of an unreadable text to no request', () => {
    const [problem] = checkText('[{"a": 1, "a": 2}, ').checked.problems;
    expect(problem?.entry).toBeUndefined();
  });
});
