/**
 * How much Sheaf accepts. Each limit is enforced where data comes in: from a file, a paste, a server’s answer or the browser’s
 * store; its message names the limit and says what to do.
 */
export const limits = {
  /** Bytes of a file, unpacked. Below the longest string that there can be (2 ** 29 - 24 units), and a tab survives it. */
  fileBytes: 500_000_000,
  /** Columns of a table, and distinct keys of records: more than a sheet of Excel (16,384) or Google Sheets (18,278) has. */
  columns: 20_000,
} as const;
