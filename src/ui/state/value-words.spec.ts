import { expect, it } from 'vitest';
import type { ColumnValues, ValueReading } from '#domain/parse/grid/unmatched-values.ts';
import { summarizeValues } from './value-words.ts';

const column = (values: ValueReading[], more = 0): ColumnValues => ({
  column: 'Mood',
  control: 'sentiment',
  distinct: 9,
  values,
  more,
  tooLong: 0,
});

it.each<[string, ColumnValues[], { open: string; accepted: string }]>([
  ['nothing to mention', [column([])], { open: '', accepted: '' }],
  [
    'one value',
    [column([{ written: 'pos', rows: 312, suggestion: 'Positive' }])],
    { open: '1 value doesn’t match a label: “pos”, 312 rows', accepted: '' },
  ],
  [
    'some are accepted',
    [
      column([
        { written: 'pos', rows: 312, label: 'Positive' },
        { written: 'x', rows: 1 },
      ]),
      column([{ written: 'eu > de', rows: 2, label: ['EU', 'DE'] }]),
    ],
    {
      open: '1 value doesn’t match a label: “x”, 1 row',
      accepted: 'Mapped: “pos” → Positive, 312 rows; “eu > de” → EU > DE, 2 rows',
    },
  ],
  [
    'very many',
    [
      column(
        ['a', 'b', 'c', 'd'].map((written) => ({ written: written.repeat(40), rows: 1 })),
        1000,
      ),
    ],
    {
      open: `1,004 values don’t match a label: ${['a', 'b', 'c'].map((one) => `“${one.repeat(30)}…”, 1 row`).join('; ')}; and 1,001 more`,
      accepted: '',
    },
  ],
])('if %s', (_, columns, words) => expect(summarizeValues(columns)).toEqual(words));
