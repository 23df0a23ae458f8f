import { expect, it } from 'vitest';
import { viewRepair } from './repair-preview.ts';

it('shows each change in its line, with counts by kind', () => {
  expect(viewRepair("[\n  {'task': 1,} # one\n]")).toEqual({
    text: '[\n  {"task": 1} \n]',
    repair: {
      kinds: [
        { one: 'text in single quotes', many: 'texts in single quotes', count: 1 },
        { one: 'trailing comma', many: 'trailing commas', count: 1 },
        { one: 'comment', many: 'comments', count: 1 },
      ],
      changes: [
        {
          line: 2,
          column: 4,
          words: 'text in single quotes',
          lead: '  {',
          before: "'task'",
          after: '"task"',
          tail: ': 1,} # one',
        },
        {
          line: 2,
          column: 13,
          words: 'trailing comma',
          lead: "  {'task': 1",
          before: ',',
          after: '',
          tail: '} # one',
        },
        {
          line: 2,
          column: 16,
          words: 'comment',
          lead: "  {'task': 1,} ",
          before: '# one',
          after: '',
          tail: '',
        },
      ],
    },
  });
});

it('cuts long lines, and lists the first fifty changes', () => {
  const shown = viewRepair(`["${'a'.repeat(100)}", '${'b'.repeat(1000)}', ${"'c',".repeat(100)}]`)?.repair;
  expect(shown?.kinds).toEqual([
    { one: 'text in single quotes', many: 'texts in single quotes', count: 101 },
    { one: 'trailing comma', many: 'trailing commas', count: 1 },
  ]);
  expect(shown?.changes).toHaveLength(50);
  expect(shown?.changes[0]).toMatchObject({
    lead: `…${'a'.repeat(27)}", `,
    before: `'${'b'.repeat(158)}…`,
    after: `"${'b'.repeat(158)}…`,
    tail: `, 'c','c','c','c','c','c','c',…`,
  });
});

it('is undefined without a repair', () => expect(viewRepair('[1')).toBeUndefined());
