import { readJson, type Json, type JsonFault } from '#wire/json.ts';

/** What was found in the source. The entries stay as they came: one may be anything that JSON can hold. */
export interface Parsed {
  /** `array` and `one` say how the source is written; `unreadable` that it is no JSON; `empty` that there is nothing yet. */
  shape: 'array' | 'one' | 'unreadable' | 'empty';
  entries: Json[];
  /** What is wrong with the writing itself. Where the shape is `unreadable`, no entry can be told apart. */
  faults: JsonFault[];
}

/** Takes one request object, or a list of requests. */
export function parse(text: string): Parsed {
  const { value, faults } = readJson(text);
  if (faults[0]?.code === 'json-empty') return { shape: 'empty', entries: [], faults: [] };
  if (value === undefined) return { shape: 'unreadable', entries: [], faults };
  if (Array.isArray(value)) return { shape: 'array', entries: value, faults };
  return { shape: 'one', entries: [value], faults };
}
