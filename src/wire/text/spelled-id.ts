import { asSeen } from './words.ts';

/** Ways in which people and programs write the ID 12. Each captures its digits. */
const spellings: readonly RegExp[] = [
  // A decimal number, as pandas and Excel write a column with a gap: 12.0
  /^(\d+)[.,]0+$/,
  // Text of a spreadsheet, or its formula: '12, ="12", =12
  /^['‘’`](\d+)$/,
  /^="?(\d+)"?$/,
  // A sign or word before it: #12, Task 12, task_id: 12, No. 12
  /^(?:task|id|no\.|nr\.|#|№)(?:[\s:#._-]|id\b|no\.)*(\d+)$/i,
  /^["'“”„«](\d+)["'“”»]$/,
  /^0+(\d+)$/,
  // The address of a task: /projects/3/data?task=12, /tasks/12, /api/tasks/12/
  /^(?:https?:\/)?\/\S*[?&]task=(\d+)(?:[&#]\S*)?$/i,
  /^(?:https?:\/)?\/\S*\/tasks\/(\d+)(?:[/?#]\S*)?$/i,
];

/** Thousands, all divided by the same mark: 1,001 or 1 001 or 1'001. */
const inThousands = /^[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*$/;

/** Scientific notation: 1.005e3 or 1,005E+03. */
const scientific = /^([1-9])[.,](\d+)e\+?(\d{1,2})$/i;

/** Longer than any task URL. */
const maxUnits = 500;

/**
 * The ID meant by a text, if it is more than plain digits. Undefined for plain digits and for guesses.
 */
export function spelledId(text: string): number | undefined {
  if (text.length > maxUnits) return undefined;
  const seen = asSeen(text);
  if (seen === text && idIn(seen) !== undefined) return undefined;
  if (inThousands.test(seen)) return idIn(seen.replaceAll(/\D/g, ''));
  const [, first, decimals = '', exponent] = scientific.exec(seen) ?? [];
  // With fewer decimals, the last digits are unknown.
  if (first !== undefined && decimals.length === Number(exponent)) return idIn(first + decimals);
  const digits = spellings.map((pattern) => pattern.exec(seen)?.[1]).find((found) => found !== undefined);
  return idIn(digits ?? seen);
}

function idIn(digits: string): number | undefined {
  const id = /^[1-9]\d*$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}
