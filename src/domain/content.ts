import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
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
  /** The codes of requests that say nothing but such a list. */
  private readonly ofResult = new Map<Json, number>();

  constructor(entries: readonly Json[]) {
    this.entries = entries;
  }

  codeOf(entry: number): number {
    const request = this.entries[entry];
    const shared = isJsonObject(request) && saysOnlyResult(request) ? request['result'] : undefined;
    const before = shared === undefined ? undefined : this.ofResult.get(shared);
    if (before !== undefined) return before;
    const key = this.keyOf(entry);
    const code = this.codes.get(key) ?? this.codes.size;
    this.codes.set(key, code);
    if (shared !== undefined) this.ofResult.set(shared, code);
    return code;
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

/** A task and its regions, as in most rows of a large batch. */
function saysOnlyResult(request: JsonObject): boolean {
  for (const name in request) if (name !== 'task' && name !== 'tasks' && name !== 'result') return false;
  return true;
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
