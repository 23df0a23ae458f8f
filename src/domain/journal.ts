/** The one state that a row is in. The last six are final. */
export type RowState =
  | 'waiting'
  | 'in-flight'
  | 'answered'
  | 'created'
  | 'skipped'
  | 'refused'
  | 'duplicated'
  | 'not-sent'
  | 'unknown';

/** How many rows are in each state; together they are always all rows. */
export type RunTotals = Record<RowState, number>;
