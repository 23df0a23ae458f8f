import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json.ts';
import type { Path, Severity } from '#wire/problem.ts';
import { count } from '#wire/words.ts';
import { plain } from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { TaskIds } from '#domain/requests/task-ids.ts';

/** Which tasks, and which `unique_id`, the entries of a template name. */
export interface Named {
  /** By the field `task` of each. */
  isOneTask: boolean;
  /** Else the list that all of them have, and its place. */
  ids: readonly Json[];
  idsPath: Path;
  uniqueId: string | undefined;
}

/**
 * Says which tasks and unique ids come again; `word` is what an entry is called. A repeated task is legal (two annotations), but seldom meant. Nothing is kept of
 * tasks that come once, which nearly all do.
 */
export function sayRepeats(
  entries: Entries,
  namedBy: (template: number) => Named,
  findings: ProblemList,
  word: 'request' | 'row',
): void {
  const { templates, firsts, tasks } = entries;
  const again = tasksAgain(entries, namedBy);
  const hasUniqueIds = Array.from(firsts).some((_, template) => namedBy(template).uniqueId !== undefined);
  if (again.size === 0 && !hasUniqueIds) return;
  const watch = new RepeatWatch(entries, word);
  for (let entry = 0; entry < entries.length; entry += 1) {
    const { isOneTask, ids, idsPath, uniqueId } = namedBy(templates[entry]!);
    const say = (severity: Severity, code: string, message: string, path: Path) =>
      findings.add({ severity, code, message, entry, path });
    if (isOneTask) {
      if (again.has(tasks[entry]!)) watch.see(entry, [tasks[entry]!], ['task'], say);
    } else if (ids.some((id) => again.has(id as number))) watch.see(entry, ids, idsPath, say);
    if (uniqueId !== undefined) watch.seeUniqueId(entry, uniqueId, say);
  }
}

/** The tasks that are named more than once. */
function tasksAgain(entries: Entries, namedBy: (template: number) => Named): ReadonlySet<number> {
  const { tasks, length } = entries;
  const lists = listedIds(entries, namedBy);
  const again = new Set<number>();
  if (lists.length === 0 && areGrowing(tasks)) return again;
  const all = new Float64Array(length + lists.length);
  all.set(tasks);
  all.set(lists, length);
  all.sort();
  for (let index = 1; index < all.length; index += 1)
    if (all[index] === all[index - 1] && isId(all[index])) again.add(all[index]!);
  return again;
}

/** The ids that entries name otherwise than by the field `task`. */
function listedIds({ templates, firsts, length }: Entries, namedBy: (template: number) => Named): number[] {
  const lists: number[] = [];
  if (Array.from(firsts).every((_, template) => namedBy(template).isOneTask)) return lists;
  for (let entry = 0; entry < length; entry += 1) {
    const { isOneTask, ids } = namedBy(templates[entry]!);
    if (!isOneTask) for (const id of ids) if (isId(id)) lists.push(id);
  }
  return lists;
}

/** As long as ids only grow, as in most tables, none of them comes again. What is no id does not count. */
function areGrowing(tasks: TaskIds): boolean {
  let last = 0;
  for (let entry = 0; entry < tasks.length; entry += 1) {
    const task = tasks[entry]!;
    if (task > last && task <= Number.MAX_SAFE_INTEGER) last = task;
    else if (task > 0 && task <= last) return false;
  }
  return true;
}

/** Knows which entry named a task first. */
class RepeatWatch {
  private readonly entries: Entries;
  private readonly word: string;
  private readonly firstEntry = new Map<number, number>();
  private readonly firstUniqueId = new Map<string, number>();
  /** What entries say, by the code of their content. */
  private readonly contents = new Map<number, string>();

  constructor(entries: Entries, word: 'request' | 'row') {
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
    const inside = new Tally();
    const same = new Tally();
    const other = new Tally();
    let twice: Set<number> | undefined;
    for (let index = 0; index < ids.length; index += 1) {
      const id = ids[index];
      if (!isId(id)) continue;
      const first = this.firstEntry.get(id);
      if (first === undefined) {
        this.firstEntry.set(id, entry);
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
    const code = this.entries.contentCodes().codes[entry]!;
    let content = this.contents.get(code);
    if (content === undefined) {
      content = contentOf(this.entries.at(entry));
      this.contents.set(code, content);
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
