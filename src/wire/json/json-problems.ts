/* Syntax errors of JSON in words for people who don’t program. Nothing is repaired here. */

/** After a problem of the first kind there is no value; after the second kind there is one, but it must not be sent. */
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
interface SyntaxProblem {
  code: UnreadableCode;
  length: number;
  message: string;
}

/** What the grammar expects; `task` without quotes is one mistake before a colon and another after it. */
export type Expected = 'name' | 'colon' | 'value' | 'separator' | 'end';

/** Describes the syntax error at `offset`, where `expected` ("a comma or }") should be. */
export function syntaxErrorAt(text: string, offset: number, expected: string, slot: Expected): SyntaxProblem {
  const char = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const word = /^-?[\p{L}_$][\p{L}\p{N}_$.-]*/u.exec(text.slice(offset, offset + 60))?.[0];
  return (
    invalidCharacter(text, offset, char) ??
    (slot === 'value' ? invalidValue(char, word) : undefined) ??
    (slot === 'name' && word !== undefined
      ? syntaxProblem(
          'json-name-without-quotes',
          word.length,
          `The name ${word} needs double quotes: "${word}".`,
        )
      : undefined) ??
    unexpectedToken(word ?? char, expected, slot)
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

/** Characters that are invalid anywhere outside a string. */
function invalidCharacter(text: string, offset: number, char: string): SyntaxProblem | undefined {
  const unseen = invisible.get(char);
  if (unseen !== undefined) {
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `There’s an invisible character here: ${unseen} (U+${code}). Remove it.`;
    return syntaxProblem('json-invisible-character', 1, message);
  }
  if (char === '#' || text.startsWith('//', offset) || text.startsWith('/*', offset)) {
    const close = text.startsWith('/*', offset) ? '*/' : '\n';
    const end = text.indexOf(close, offset);
    const length = end < 0 ? text.length - offset : end - offset + (close === '\n' ? 0 : 2);
    return syntaxProblem('json-comment', length, 'JSON doesn’t allow comments. Remove this one.');
  }
  if ('“”„‟«»‘’'.includes(char)) {
    return syntaxProblem('json-curly-quotes', 1, `JSON needs straight quotes. Use ", not ${char}.`);
  }
  if (char === "'" || char === '`') {
    return syntaxProblem(
      'json-single-quotes',
      1,
      `JSON needs double quotes around text. Use ", not ${char}.`,
    );
  }
  return undefined;
}

export const pythonWords = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
]);
/** As Python and JavaScript write numbers that aren’t finite. */
export const notNumbers = new Set(['NaN', 'Infinity', '-Infinity', 'nan', 'inf', '-inf']);

function invalidValue(char: string, word: string | undefined): SyntaxProblem | undefined {
  if (word === undefined) {
    if (char === '+' || char === '.' || char === '-') {
      const message = 'A number starts with a digit or a minus sign: 0.5, not .5; 5, not +5.';
      return syntaxProblem('json-number-malformed', 1, message);
    }
    if (char === ',' || char === ']' || char === '}') {
      return syntaxProblem('json-value-missing', 1, `A value is missing before this ${quote(char)}.`);
    }
    return undefined;
  }
  const python = pythonWords.get(word);
  if (python !== undefined) {
    const message = `${word} is Python syntax. Use ${python} in JSON.`;
    return syntaxProblem('json-python-word', word.length, message);
  }
  if (notNumbers.has(word) || word === 'undefined') {
    const message = `${word} isn’t allowed in JSON. Use a number or null.`;
    return syntaxProblem('json-not-a-number', word.length, message);
  }
  const lower = word.toLowerCase();
  const message =
    lower === 'true' || lower === 'false' || lower === 'null'
      ? `JSON needs lowercase here. Use ${lower}, not ${word}.`
      : `The text ${word} needs double quotes: "${word}". Only numbers, true, false and null go without.`;
  return syntaxProblem('json-word-without-quotes', word.length, message);
}

function unexpectedToken(found: string, expected: string, slot: Expected): SyntaxProblem {
  if (slot === 'end' && (found === '{' || found === '[')) {
    const message = 'A second value starts here. Put several requests in one list: [ … , … ].';
    return syntaxProblem('json-text-after-end', 1, message);
  }
  if (slot === 'end' && found === ',') {
    const message = 'A comma can’t follow here. Remove it, or put several requests in one list: [ … , … ].';
    return syntaxProblem('json-text-after-end', 1, message);
  }
  if (slot === 'end') {
    return syntaxProblem(
      'json-text-after-end',
      found.length,
      `Expected the end of the text, but found ${quote(found)}.`,
    );
  }
  const message = `Expected ${expected}, but found ${quote(found)}.`;
  if (slot === 'colon') return syntaxProblem('json-colon-missing', found.length, message);
  // A value or name here means that the comma before it is missing.
  const comma = slot === 'separator' && /^["{[\p{L}\p{N}_$-]/u.test(found);
  return syntaxProblem(comma ? 'json-comma-missing' : 'json-unexpected', found.length, message);
}

function syntaxProblem(code: UnreadableCode, length: number, message: string): SyntaxProblem {
  return { code, length, message };
}

function quote(found: string): string {
  return found === '"' ? 'a quotation mark' : `“${found}”`;
}
