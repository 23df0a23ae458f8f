import { expect, it } from 'vitest';
import { spelledDate } from './spelled-date.ts';

const may1 = { year: 2024, month: 5, day: 1 };

it.each([
  ['01.05.2024', [may1]],
  ['1. 5. 2024', [may1]],
  ['2024/05/01', [may1]],
  ['2024.5.1', [may1]],
  ['20240501', [may1]],
  ['1 May 2024', [may1]],
  ['1-May-2024', [may1]],
  ['May 1, 2024', [may1]],
  ['Wednesday, May 1st, 2024', [may1]],
  ['1st of May 2024', [may1]],
  ['45413', [may1]],
  ['45413.5', [{ ...may1, hour: 12, minute: 0, second: 0 }]],
  ['2024-05-01 00:00:00', [{ ...may1, hour: 0, minute: 0, second: 0 }]],
  ['01.05.2024 13:30', [{ ...may1, hour: 13, minute: 30, second: 0 }]],
  ['May 1, 2024 1:30 PM', [{ ...may1, hour: 13, minute: 30, second: 0 }]],
  ['2024-05-01T12:00:00.000Z', [{ ...may1, hour: 12, minute: 0, second: 0 }]],
  ['Wed May 01 2024 12:00:00 GMT+0200 (CEST)', [{ ...may1, hour: 12, minute: 0, second: 0 }]],
  ['Wed May  1 12:00:00 UTC 2024', [{ ...may1, hour: 12, minute: 0, second: 0 }]],
  ['13/5/2024', [{ ...may1, day: 13 }]],
  ['5/13/2024', [{ ...may1, day: 13 }]],
  ['5/5/24', [{ ...may1, day: 5 }]],
  ['5/1/24', [{ year: 2024, month: 1, day: 5 }, may1]],
  ['1.5.24', [may1]],
  ['99-05-31', [{ year: 1999, month: 5, day: 31 }]],
  ['24-05-01', [may1, { year: 2001, month: 5, day: 24 }]],
  ['01-05-24', [{ year: 2001, month: 5, day: 24 }, may1, { year: 2024, month: 1, day: 5 }]],
  ['5-1-2024', [{ year: 2024, month: 1, day: 5 }, may1]],
])('reads %s', (text, meanings) => {
  expect(spelledDate(text).map(({ parts }) => parts)).toEqual(meanings);
});

it.each([
  '2024-02-30',
  '0024-05-01',
  '24-05',
  '31.02.2024',
  '13/13/2024',
  'yesterday',
  '1001',
  '2024',
  'May 2024',
  '1714521600',
  '4.5',
  '',
])('doesn’t guess %j', (text) => {
  expect(spelledDate(text)).toEqual([]);
});
