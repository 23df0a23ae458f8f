import type { RowQuery } from '#domain/results/result-rows.ts';

/** All rows, in the order of the source. */
export const everything: RowQuery = { sort: { by: 'source', descending: false }, states: [], search: '' };
