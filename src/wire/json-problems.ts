/*
 * What can be wrong with a JSON text, in words for people who do not write programs. Nothing is repaired here.
 */

/** After a problem of the first kind there is no value; after one of the second there is, and it must not be sent. */
export type JsonProblemCode = UnreadableCode | RefusedCode;

type UnreadableCode =
  | 'json-empty'
  | 'json-cut-off'
  | 'json-text-not-closed'
  | 'json-text-after-end'
  | 'json-comma-missing'
  | 'json-comma-at-end'
  | 'json-colon-missing'
  | 'json-value-missing'
  | 'json-name-without-quotes'
  | 'json-word-without-quotes'
  | 'json-single-quotes'
  | 'json-curly-quotes'
  | 'json-python-word'
  | 'json-not-a-number'
  | 'json-number-malformed'
  | 'json-comment'
  | 'json-control-character'
  | 'json-escape-unknown'
  | 'json-invisible-character'
  | 'json-unexpected'
  | 'json-nested-too-deep';

type RefusedCode = 'duplicate-key' | 'lone-surrogate' | 'nul-character' | 'number-too-large';

/** A syntax error of `length` characters. */
interface Misfit {
  code: UnreadableCode;
  length: number;
  message: string;
}

/** What the grammar expects; `task` without quotes is a different mistake before a colon than after it. */
export type Slot = 'name' | 'colon' | 'value' | 'separator' | 'end';

/** Describes the syntax error at `offset`, where `expected` ("a comma or }") should be. */
export function syntaxErrorAt(text: string, offset: number, expected: string, slot: Slot): Misfit {
  const char = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const word = /^-?[\p{L}_$][\p{L}\p{N}_$.-]*/u.exec(text.slice(offset, offset + 60))?.[0];
  return (
    oddCharacter(text, offset, char) ??
    (slot === 'value' ? noValue(char, word) : undefined) ??
    (slot === 'name' && word !== undefined
      ? misfit('json-name-without-quotes', word.length, `The name ${word} needs double quotes: "${word}".`)
      : undefined) ??
    somethingElse(word ?? char, expected, slot)
  );
}

const invisible = new Map([
  ['\u00a0', 'a non-breaking space'],
  ['\u200b', 'a zero-width space'],
  ['\u200e', 'a left-to-right mark'],
  ['\u2028', 'a line separator'],
  ['\u2029', 'a paragraph separator'],
  ['\u3000', 'a wide space'],
  ['\ufeff', 'a byte order mark'],
]);

/** Characters that are wrong anywhere outside a string. */
function oddCharacter(text: string, offset: number, char: string): Misfit | undefined {
  const unseen = invisible.get(char);
  if (unseen !== undefined) {
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `There’s an invisible character here: ${unseen} (U+${code}). Remove it.`;
    return misfit('json-invisible-character', 1, message);
  }
  if (char === '#' || text.startsWith('//', offset) || text.startsWith('/*', offset)) {
    const close = text.startsWith('/*', offset) ? '*/' : '\n';
    const end = text.indexOf(close, offset);
    const length = end < 0 ? text.length - offset : end - offset + (close === '\n' ? 0 : 2);
    return misfit('json-comment', length, 'JSON doesn’t allow comments. Remove this one.');
  }
  if ('“”„‟«»‘’'.includes(char)) {
    return misfit('json-curly-quotes', 1, `JSON needs straight quotes. Use ", not ${char}.`);
  }
  if (char === "'" || char === '`') {
    return misfit('json-single-quotes', 1, `JSON needs double quotes around text. Use ", not ${char}.`);
  }
  return undefined;
}

const pythonWords = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
]);
const notNumbers = new Set(['NaN', 'Infinity', '-Infinity', 'undefined', 'nan', 'inf', '-inf']);

function noValue(char: string, word: string | undefined): Misfit | undefined {
  if (word === undefined) {
    if (char === '+' || char === '.' || char === '-') {
      const message = 'A number starts with a digit or a minus sign: 0.5, not .5; 5, not +5.';
      return misfit('json-number-malformed', 1, message);
    }
    if (char === ',' || char === ']' || char === '}') {
      return misfit('json-value-missing', 1, `A value is missing before this ${quote(char)}.`);
    }
    return undefined;
  }
  const python = pythonWords.get(word);
  if (python !== undefined) {
    const message = `${word} is Python syntax. Use ${python} in JSON.`;
    return misfit('json-python-word', word.length, message);
  }
  if (notNumbers.has(word)) {
    const message = `${word} isn’t allowed in JSON. Use a number or null.`;
    return misfit('json-not-a-number', word.length, message);
  }
  const lower = word.toLowerCase();
  const message =
    lower === 'true' || lower === 'false' || lower === 'null'
      ? `JSON needs lowercase here. Use ${lower}, not ${word}.`
      : `The text ${word} needs double quotes: "${word}". Only numbers, true, false and null go without.`;
  return misfit('json-word-without-quotes', word.length, message);
}

function somethingElse(found: string, expected: string, slot: Slot): Misfit {
  if (slot === 'end' && (found === '{' || found === '[')) {
    const message = 'A second value starts here. Put several requests in one list: [ … , … ].';
    return misfit('json-text-after-end', 1, message);
  }
  if (slot === 'end') {
    return misfit(
      'json-text-after-end',
      found.length,
      `Expected the end of the text, but found ${quote(found)}.`,
    );
  }
  const message = `Expected ${expected}, but found ${quote(found)}.`;
  if (slot === 'colon') return misfit('json-colon-missing', found.length, message);
  // A value or name right here means that the comma before it is missing.
  const comma = slot === 'separator' && /^["{[\p{L}\p{N}_$-]/u.test(found);
  return misfit(comma ? 'json-comma-missing' : 'json-unexpected', found.length, message);
}

function misfit(code: UnreadableCode, length: number, message: string): Misfit {
  return { code, length, message };
}

function quote(found: string): string {
  return found === '"' ? 'a quotation mark' : `“${found}”`;
}
