/**
 * What can be wrong with a JSON text, in words for people who do not write programs. Nothing is repaired here: a fault
 * says what stands there and what would be right.
 */
export interface JsonFault {
  code: JsonFaultCode;
  message: string;
  /** In UTF-16 code units from the start of the text. */
  offset: number;
  length: number;
  /** Where inside the value: `[0, 'result', 2]`. Empty where the text could not be read to its end. */
  path: (string | number)[];
  /** A second place that belongs to it; `words` lead up to it: "The first one is" (line 3, column 5). */
  also?: { offset: number; words: string };
}

/** After a fault of the first kind there is no value; after one of the second there is, and it must not be sent. */
export type JsonFaultCode = UnreadableCode | RefusedCode;

export type UnreadableCode =
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

export type RefusedCode = 'duplicate-key' | 'lone-surrogate' | 'nul-character' | 'number-too-large';

/** A place where something else was expected. `offset` is where it stands, `length` how much of it is meant. */
interface Unexpected {
  code: UnreadableCode;
  message: string;
  length: number;
}

const pythonWords: Record<string, string> = { None: 'null', True: 'true', False: 'false' };
const notNumbers = new Set(['NaN', 'Infinity', '-Infinity', 'undefined', 'nan', 'inf', '-inf']);
const invisible: Record<string, string> = {
  '\u00a0': 'a non-breaking space',
  '\u200b': 'a zero-width space',
  '\u200e': 'a left-to-right mark',
  '\u2028': 'a line separator',
  '\u2029': 'a paragraph separator',
  '\u3000': 'a wide space',
  '\ufeff': 'a byte order mark',
};

/**
 * Words for what stands at `offset` where `expected` should stand ("a comma or }"). `sort` says what kind of thing
 * belongs there, because `task` without quotes means one thing before a colon and another after it.
 */
export function unexpectedAt(
  text: string,
  offset: number,
  expected: string,
  sort: 'name' | 'value' | 'separator' | 'colon',
): Unexpected {
  const char = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const word = /^-?[\p{L}_$][\p{L}\p{N}_$.-]*/u.exec(text.slice(offset, offset + 60))?.[0];
  const at = (code: UnreadableCode, length: number, message: string): Unexpected => ({
    code,
    length,
    message,
  });

  const unseen = invisible[char];
  if (unseen !== undefined) {
    const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return at(
      'json-invisible-character',
      1,
      `Here stands ${unseen} (U+${code}), which cannot be seen. Delete it.`,
    );
  }
  if (text.startsWith('//', offset) || text.startsWith('/*', offset) || char === '#') {
    const end = text.startsWith('/*', offset) ? text.indexOf('*/', offset) + 2 : text.indexOf('\n', offset);
    return at(
      'json-comment',
      (end > offset ? end : text.length) - offset,
      'JSON has no comments. Delete this one.',
    );
  }
  if (char === "'" && (sort === 'name' || sort === 'value')) {
    return at('json-single-quotes', 1, 'Text stands in double quotes in JSON: " instead of \'.');
  }
  if ('“”„‟«»‘’'.includes(char)) {
    return at('json-curly-quotes', 1, `Here stands the curly quote ${char}. JSON needs the straight one: ".`);
  }
  if (char === '`')
    return at('json-curly-quotes', 1, 'Text stands in double quotes in JSON: " instead of `.');

  if (sort === 'colon') {
    return at(
      'json-colon-missing',
      word?.length ?? char.length,
      `Here a colon is expected, not ${quote(word ?? char)}.`,
    );
  }
  if (sort === 'name') {
    if (word !== undefined) {
      return at('json-name-without-quotes', word.length, `The name ${word} needs double quotes: "${word}".`);
    }
    return at('json-unexpected', char.length, `Here ${expected} is expected, not ${quote(char)}.`);
  }
  if (sort === 'value') {
    if (word !== undefined) {
      const python = pythonWords[word];
      if (python !== undefined) {
        return at(
          'json-python-word',
          word.length,
          `${word} is how Python writes it. In JSON it is ${python}.`,
        );
      }
      if (notNumbers.has(word)) {
        return at(
          'json-not-a-number',
          word.length,
          `${word} cannot be written in JSON. Use a number, or null.`,
        );
      }
      const lower = word.toLowerCase();
      if (lower === 'true' || lower === 'false' || lower === 'null') {
        return at(
          'json-word-without-quotes',
          word.length,
          `JSON writes ${lower} in small letters, not ${word}.`,
        );
      }
      return at(
        'json-word-without-quotes',
        word.length,
        `The text ${word} needs double quotes: "${word}". Without quotes only numbers, true, false and null may stand.`,
      );
    }
    if (char === '+' || char === '.' || char === '-') {
      return at(
        'json-number-malformed',
        1,
        `A number begins with a digit or a minus: 0.5, not .5; 5, not +5.`,
      );
    }
    if (char === ',' || char === ']' || char === '}') {
      return at('json-value-missing', 1, `Before this ${quote(char)} a value is missing.`);
    }
    return at('json-unexpected', char.length, `Here ${expected} is expected, not ${quote(char)}.`);
  }
  const found = word ?? char;
  if (char === '"' || char === '{' || char === '[' || /[\d-]/.test(char) || word !== undefined) {
    return at('json-comma-missing', found.length, `Here ${expected} is expected, not ${quote(found)}.`);
  }
  return at('json-unexpected', found.length, `Here ${expected} is expected, not ${quote(found)}.`);
}

function quote(found: string): string {
  return found === '"' ? 'a second text' : `“${found}”`;
}
