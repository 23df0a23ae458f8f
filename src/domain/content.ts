import { ExactNumber, isJsonObject, type Json } from '#wire/json.ts';
import { templateOf } from './request.ts';

/**
 * What requests say about their tasks, compared by structure: neither the order of keys nor region ids matter, nor how a
 * number is written. Requests that say the same have the same code.
 */
export class Contents {
  private readonly entries: readonly Json[];
  private readonly codes = new Map<string, number>();
  /** Requests may share one list of regions, which is then written out once. */
  private readonly results = new Map<Json, string>();

  constructor(entries: readonly Json[]) {
    this.entries = entries;
  }

  codeOf(entry: number): number {
    const key = this.keyOf(entry);
    const known = this.codes.get(key) ?? this.codes.size;
    this.codes.set(key, known);
    return known;
  }

  private keyOf(entry: number): string {
    const request = this.entries[entry] ?? null;
    if (!isJsonObject(request)) return plain(request);
    const { result, ...rest } = request;
    // A unique_id is that of one annotation, and a selection is sent as a whole: neither shares a call.
    const isAlone = rest['unique_id'] !== undefined || (rest['selected_items'] ?? null) !== null;
    const words = [this.resultKey(result), plain(templateOf(rest, '')), isAlone ? entry : ''];
    return words.join('\n');
  }

  private resultKey(result: Json | undefined): string {
    if (result === undefined) return '';
    let key = this.results.get(result);
    if (key === undefined) {
      // Under one marker, regions that are the same have the same ids.
      key = plain(templateOf({ result }, 'same'));
      this.results.set(result, key);
    }
    return key;
  }
}

/** JSON in one spelling: keys in order, numbers as they count. */
export function plain(value: Json): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
  if (isJsonObject(value)) {
    const keys = Object.keys(value).toSorted();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${plain(value[key]!)}`).join()}}`;
  }
  return JSON.stringify(value);
}
