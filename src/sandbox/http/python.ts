import type { Json } from './json.ts';

/** Python's `repr()`, in which Label Studio's messages quote the client's JSON. */
export function repr(value: Json | undefined): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => repr(item)).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${repr(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/** Python's `str()`: a string is returned unchanged. */
export const str = (value: Json | undefined): string => (typeof value === 'string' ? value : repr(value));

/** The name of the value's type in Python. */
export function typeName(value: Json | undefined): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}

/**
 * Python's `json.dumps` with default settings: spaces after separators, ASCII only. SQLite stores `result` in this form.
 */
export function dumps(value: Json): string {
  if (typeof value === 'string') {
    return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, escaped);
  }
  if (Array.isArray(value)) return `[${value.map((item) => dumps(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${dumps(key)}: ${dumps(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const quoted = (text: string) => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return (
    quote + text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`) + quote
  );
};
