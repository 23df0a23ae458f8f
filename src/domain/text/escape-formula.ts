/**
 * The start of a cell that spreadsheets take for a formula in a CSV file. A semicolon starts a cell too, since it is the
 * delimiter of spreadsheets with a decimal comma.
 */
const formula = /(^|;)([\t\r\n]|\s*[=+\-@＝＋－＠])/g;

/** True if a spreadsheet may take this cell for a formula. */
export const mayBeFormula = (cell: string): boolean => cell.search(formula) >= 0;

/** Words for a cell; the apostrophe keeps a spreadsheet from running them. Labels must stay exact, so not for them. */
export const escapeFormula = (words: string): string => words.replaceAll(formula, "$1'$2");

/** Strings as a JSON list that is no formula and means the same. */
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
