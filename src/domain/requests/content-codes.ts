import { canonicalJson } from '#wire/hash/stable-hash.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { CodeWriter, Dictionary, type Codes } from './dictionary.ts';
import { groupBody } from './request-bodies.ts';

/** Entries with the same code have the same content and differ only in their task. */
export interface ContentCodes {
  /** By entry; codes count from 0 in the order of first use. */
  codes: Codes;
  /** The first entry of each code. */
  firsts: ArrayLike<number>;
}

/** Entries with their templates; `firsts` has the first entry of each template. */
export interface Templated {
  readonly length: number;
  readonly templates: Codes;
  readonly firsts: ArrayLike<number>;
}

export const contentCodesByTemplate = (entries: Templated & { at(entry: number): Json }): ContentCodes =>
  contentCodesByKey(entries, (first) => contentKey(entries.at(first)));

/**
 * Codes by `keyOf`, which is called for the first entry of each template; undefined for content that is never grouped.
 */
function contentCodesByKey(
  { templates, firsts, length }: Templated,
  keyOf: (first: number) => string | undefined,
): ContentCodes {
  const keys = new Dictionary();
  const codeOfTemplate = Int32Array.from(firsts, (first) => {
    const key = keyOf(first);
    return key === undefined ? -1 : keys.codeOf(key);
  });
  if (keys.size === firsts.length) return { codes: templates, firsts };
  const codes = new CodeWriter();
  codes.reserve(length);
  const firstOf: number[] = [];
  const codeOf = new Int32Array(keys.size).fill(-1);
  for (let entry = 0; entry < length; entry += 1) {
    const known = codeOfTemplate[templates[entry]!]!;
    let code = known < 0 ? -1 : codeOf[known]!;
    if (code < 0) {
      code = firstOf.length;
      firstOf.push(entry);
      if (known >= 0) codeOf[known] = code;
    }
    codes.write(entry, code);
  }
  return { codes: codes.finish(length), firsts: firstOf };
}

/**
 * A key of a request’s content, independent of key order, region IDs and the spelling of numbers. Undefined for
 * requests that are never grouped: those with a unique_id or a selection.
 */
export function contentKey(request: Json): string | undefined {
  if (!isJsonObject(request)) return canonicalJson(request);
  if (request['unique_id'] !== undefined || (request['selected_items'] ?? null) !== null) return undefined;
  // A constant marker makes region IDs comparable.
  return canonicalJson(groupBody(request, 'same'));
}
