import type { RowQuery } from '#domain/results/result-rows.ts';

/** All rows in source order. */
export const allRows: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };
