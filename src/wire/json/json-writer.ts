import { ExactNumber, type Json } from './json-value.ts';

/**
 * Like `JSON.stringify`, but keeps exact numbers as written. `indent` is the number of spaces per level.
 * @throws {RangeError} for NaN and infinity
 */
export function writeJson(value: Json, indent = 0): string {
  return write(value, ' '.repeat(indent), '\n');
}

function write(value: Json, indent: string, newLine: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`JSON has no spelling for ${value}`);
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value instanceof ExactNumber) return value.text;
  const inner = indent === '' ? '' : newLine + indent;
  const outer = indent === '' ? '' : newLine;
  const colon = indent === '' ? ':' : ': ';
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((item) => write(item, indent, inner)).join(`,${inner}`)}${outer}]`;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return '{}';
  const members = keys.map((key) => JSON.stringify(key) + colon + write(value[key]!, indent, inner));
  return `{${inner}${members.join(`,${inner}`)}${outer}}`;
}
