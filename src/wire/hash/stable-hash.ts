import { ExactNumber, isJsonObject, type Json } from '#wire/json/json-value.ts';

/**
 * A 53-bit hash of a JSON value, independent of key order. Stored with runs, so it must never change.
 * Two multiplicative hashes of 32 bits, mixed as in MurmurHash3's finalizer.
 */
export function stableHash(value: Json): number {
  const text = canonicalJson(value);
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  one = finish(one ^ (other >>> 15));
  other = finish(other ^ (one >>> 13));
  return (other & 0x1fffff) * 0x1_0000_0000 + (one >>> 0);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Canonical JSON: keys sorted, exact numbers unchanged. Built as one growing string, because it is created for each
 * annotation that is read back.
 */
export function canonicalJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) {
    let text = '[';
    for (const item of value) text += (text === '[' ? '' : ',') + canonicalJson(item);
    return `${text}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  let text = '{';
  for (const key of Object.keys(value).toSorted())
    text += (text === '{' ? '' : ',') + quotedKey(key) + canonicalJson(value[key]!);
  return `${text}}`;
}

/** The keys of annotations are few. */
const quotedKeys = new Map<string, string>();
const maxQuotedKeys = 1000;

function quotedKey(key: string): string {
  let quoted = quotedKeys.get(key);
  if (quoted === undefined) {
    quoted = `${JSON.stringify(key)}:`;
    if (quotedKeys.size < maxQuotedKeys) quotedKeys.set(key, quoted);
  }
  return quoted;
}
