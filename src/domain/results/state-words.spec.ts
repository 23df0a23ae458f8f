import { expect, test } from 'vitest';
import { stateInWords } from './state-words.ts';

test('“Not found” has the time, and the date unless it was today', () => {
  const at = new Date(2026, 10, 28, 14, 2).getTime();
  const evening = new Date(2026, 10, 28, 23, 59).getTime();
  expect(stateInWords('not-found', at, evening)).toBe('Not found at 14:02');
  expect(stateInWords('not-found', at, evening + 86_400_000)).toBe('Not found at 14:02 on Nov 28, 2026');
  expect(stateInWords('not-found', at)).toBe('Not found at 14:02 on Nov 28, 2026');
  expect(stateInWords('not-found', undefined, evening)).toBe('Not found');
  expect(stateInWords('unknown', at, evening)).toBe('Unknown');
});
