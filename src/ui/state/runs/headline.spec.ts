import { expect, test } from 'vitest';
import type { RunTotals } from '#domain/results/account.ts';
import { headline } from './headline.ts';
import { totalsOf } from './spec-totals.ts';

test.each<[Partial<RunTotals>, string]>([
  [{ created: 1 }, '1 annotation created and verified'],
  [{ created: 1040 }, '1,040 annotations created and verified'],
  [{ created: 40, skipped: 2 }, '40 annotations created and verified · 2 rows skipped'],
  [{ created: 37, refused: 2, unknown: 1 }, '37 created · 2 refused · 1 unknown'],
  [{ created: 3, duplicated: 1 }, '3 created · 1 duplicated'],
  [{ refused: 2, 'never-sent': 40 }, 'Nothing created · 2 refused · 40 not sent'],
  [{ duplicated: 1 }, '1 duplicated'],
  [{ unknown: 3 }, '3 unknown'],
  [{ 'not-found': 3, refused: 1 }, '1 refused · 3 not found'],
  [{ deleted: 2 }, 'Nothing created · 2 deleted'],
  [{ skipped: 3 }, 'Nothing created · 3 skipped'],
])('%j', (totals, words) => expect(headline(totalsOf(totals))).toBe(words));
