/**
 * How much Sheaf accepts. Each limit is enforced where data comes in: from a file, a paste, a server’s answer or the browser’s
 * store; its message names the limit and says what to do.
 */
export const limits = {
  /** UTF-16 code units of a source: no string can be longer. */
  sourceUnits: 2 ** 29 - 24,
  /** Columns of a table, and distinct keys of records: more than a sheet of Excel (16,384) or Google Sheets (18,278) has. */
  columns: 20_000,
} as const;
