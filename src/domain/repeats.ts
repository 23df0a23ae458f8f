import { plain } from './content.ts';
import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import type { Path, Severity } from './problem.ts';

/** Notices tasks and unique ids that come again. A repeated task is legal (two annotations), but seldom meant. */
export class RepeatWatch {
  private readonly entries: readonly Json[];
  /** What an entry is called. */
  private readonly word: string;
  /** The first entry that names each task. */
  private readonly firstEntry = new Map<number, number>();
  private largest = 0;
  /** Ids larger than all before them, not yet in `firstEntry`: nobody has asked for one of them. */
  private readonly growing: number[] = [];
  private readonly growingEntries: number[] = [];
  private readonly firstUniqueId = new Map<string, number>();
  private readonly contents = new Map<number, string>();

  constructor(entries: readonly Json[], word: 'request' | 'row') {
    this.entries = entries;
    this.word = word;
  }

  /** Says at most three things about the ids of one entry, however many repeat: each at its first place. */
  see(
    entry: number,
    ids: readonly Json[],
    path: Path,
    say: (severity: Severity, code: string, message: string, path: Path) => void,
  ): void {
    const [only] = ids;
    // Most requests of a large batch name one task, that no other names.
    if (ids.length === 1 && isId(only) && this.isNew(only)) {
      this.remember(only, entry);
      return;
    }
    const inside = new Tally();
    const same = new Tally();
    const other = new Tally();
    let twice: Set<number> | undefined;
    for (let index = 0; index < ids.length; index += 1) {
      const id = ids[index];
      if (!isId(id)) continue;
      const first = this.isNew(id) ? undefined : this.firstEntry.get(id);
      if (first === undefined) {
        this.remember(id, entry);
      } else if (first === entry) {
        inside.add(id, index, entry);
      } else {
        // The same id again in this list was said already.
        twice ??= new Set();
        if (twice.has(id)) {
          inside.add(id, index, entry);
          continue;
        }
        twice.add(id);
        (this.content(first) === this.content(entry) ? same : other).add(id, index, first);
      }
    }
    const place = (tally: Tally): Path => (path.at(-1) === 'task' ? path : [...path, tally.index]);
    if (inside.ids.size > 0) {
      const message = `Task ${inside.id} is listed more than once and gets an annotation each time.${inside.others('repeat')}`;
      say('warning', 'task-twice-in-request', message, place(inside));
    }
    if (same.ids.size > 0) {
      const message = `Task ${same.id} gets the same from ${this.word} ${same.entry + 1} already.${same.others('do')}`;
      say('warning', 'task-again-with-same-result', message, place(same));
    }
    if (other.ids.size > 0) {
      const message = `Task ${other.id} gets another result from ${this.word} ${other.entry + 1}.${other.others('do')}`;
      say('warning', 'task-again-with-other-result', message, place(other));
    }
  }

  /** As long as ids only grow, as in most tables, none of them can have been there before. */
  private isNew(id: number): boolean {
    if (id > this.largest) return true;
    this.growing.forEach((known, index) => this.firstEntry.set(known, this.growingEntries[index]!));
    this.growing.length = 0;
    this.growingEntries.length = 0;
    return !this.firstEntry.has(id);
  }

  private remember(id: number, entry: number): void {
    if (id > this.largest) {
      this.largest = id;
      this.growing.push(id);
      this.growingEntries.push(entry);
    } else this.firstEntry.set(id, entry);
  }

  /** A unique_id is unique over the whole server, and compared as a UUID: seen on Label Studio 1.23.2 (409). */
  seeUniqueId(
    entry: number,
    uniqueId: string,
    say: (severity: Severity, code: string, message: string, path: Path) => void,
  ): void {
    const lower = uniqueId.toLowerCase();
    const first = this.firstUniqueId.get(lower);
    if (first === undefined) {
      this.firstUniqueId.set(lower, entry);
    } else {
      const message = `${this.word === 'row' ? 'Row' : 'Request'} ${first + 1} has this unique_id already. The server takes each only once.`;
      say('warning', 'unique-id-again', message, ['unique_id']);
    }
  }

  private content(entry: number): string {
    let content = this.contents.get(entry);
    if (content === undefined) {
      content = contentOf(this.entries[entry]!);
      this.contents.set(entry, content);
    }
    return content;
  }
}

/** How many ids of one entry are in the same case, and the first of them. */
class Tally {
  readonly ids = new Set<number>();
  id = 0;
  index = 0;
  entry = 0;

  add(id: number, index: number, entry: number): void {
    if (this.ids.size === 0) {
      this.id = id;
      this.index = index;
      this.entry = entry;
    }
    this.ids.add(id);
  }

  others(verb: string): string {
    const more = this.ids.size - 1;
    if (more === 0) return '';
    return ` So ${verb === 'repeat' ? 'are' : more === 1 ? 'does' : 'do'} ${count(more, 'other task')} of this request.`;
  }
}

/**
 * What a request says, in one spelling: order of keys and region ids do not matter, nor does how a number is written.
 * Two requests that say the same have equal texts.
 */
function contentOf(entry: Json): string {
  if (!isJsonObject(entry)) return plain(entry);
  const result = entry['result'];
  const regions = Array.isArray(result) ? result.map(withoutId) : (result ?? null);
  return plain([regions, entry['was_cancelled'] === true]);
}

function withoutId(region: Json): Json {
  if (!isJsonObject(region)) return region;
  const { id: _, ...rest } = region;
  return rest;
}
