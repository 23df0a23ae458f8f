import { expect, it } from 'vitest';
import { withAccepted, withoutAccepted } from './accepted-values.ts';

const pos = { column: 'Mood', control: 'sentiment', written: 'pos', label: 'Positive' };

it('adds and removes mapped values together with their column', () => {
  const both = withAccepted({ delimiter: ';', columns: { Review: 'task' } }, [
    pos,
    { ...pos, written: 'neg', label: 'Negative' },
  ]);
  expect(both).toEqual({
    delimiter: ';',
    columns: { Review: 'task', Mood: 'control:sentiment' },
    values: { sentiment: { pos: 'Positive', neg: 'Negative' } },
  });
  expect(withoutAccepted(both, 'sentiment', 'pos')).toEqual({
    ...both,
    values: { sentiment: { neg: 'Negative' } },
  });
});

it('uses the last mapping, for values with any name', () => {
  const other = withAccepted(withAccepted({}, [pos]), [{ ...pos, label: 'Neutral' }]);
  expect(other.values).toEqual({ sentiment: { pos: 'Neutral' } });
  const odd = withAccepted({}, [{ ...pos, written: '__proto__' }]);
  expect(Object.entries(odd.values!['sentiment']!)).toEqual([['__proto__', 'Positive']]);
});
