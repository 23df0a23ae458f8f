/**
 * The start of a cell that spreadsheets interpret as a formula in a CSV file. A semicolon starts a cell too, because it
 * is the delimiter with decimal commas.
 */
const formula = /(^|;)([\t\r\n]|\s*[=+\-@＝＋－＠])/g;

/** True if a spreadsheet may interpret this cell as a formula. */
export const mayBeFormula = (cell: string): boolean => cell.search(formula) >= 0;

/** Escapes text for a cell; the apostrophe prevents formulas. Not for labels, which must stay exact. */
export const escapeFormula = (words: string): string => words.replaceAll(formula, "$1'$2");

/** Text as a JSON list that isn’t a formula and means the same. */
export const escapeFormulaInJson = (list: string): string =>
  list.replaceAll(
    formula,
    (found) =>
      found.slice(0, -1) +
      `\\u${found
        .charCodeAt(found.length - 1)
        .toString(16)
        .padStart(4, '0')}`,
  );
