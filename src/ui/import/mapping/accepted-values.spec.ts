import { expect, it } from 'vitest';
import { withAccepted, withoutAccepted } from './accepted-values.ts';

const pos = { column: 'Mood', control: 'sentiment', written: 'pos', label: 'Positive' };

it('values are accepted with the column that they stand in, and taken back one by one', () => {
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

it('what was accepted last counts, and whatever a value is called', () => {
  const other = withAccepted(withAccepted({}, [pos]), [{ ...pos, label: 'Neutral' }]);
  expect(other.values).toEqual({ sentiment: { pos: 'Neutral' } });
  const odd = withAccepted({}, [{ ...pos, written: '__proto__' }]);
  expect(Object.entries(odd.values!['sentiment']!)).toEqual([['__proto__', 'Positive']]);
});
