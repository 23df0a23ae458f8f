import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { canonicalJson } from '#wire/hash/stable-hash.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { repeatedProblem, type ProblemList, type RepeatedProblem } from '#domain/problems/problem-list.ts';
import type { TaskIds } from '#domain/requests/task-ids.ts';

/** The tasks and the `unique_id` of a template’s entries. */
export interface NamedTasks {
  /** True if each names one task in `task`. */
  isOneTask: boolean;
  /** Otherwise the shared list of tasks, and its path. */
  ids: readonly Json[];
  idsPath: Path;
  uniqueId: string | undefined;
}

/**
 * Reports tasks and unique IDs that occur more than once. A repeated task is legal (two annotations), but rarely
 * intended. Nothing is stored for tasks that occur once.
 */
export function reportDuplicates(
  entries: Entries,
  tasksOf: (template: number) => NamedTasks,
  findings: ProblemList,
  word: 'request' | 'row',
): void {
  const { templates, firsts, tasks } = entries;
  const again = duplicateTasks(entries, tasksOf);
  const hasUniqueIds = Array.from(firsts).some((_, template) => tasksOf(template).uniqueId !== undefined);
  if (again.size === 0 && !hasUniqueIds) return;
  const watch = new DuplicateTracker(entries, word);
  /** The first and last problem for each code and message pattern. */
  const alike = new Map<string, RepeatedProblem[]>();
  const warn: Warn = (entry, code, form, message, path) => {
    const known = alike.get(code + form) ?? [];
    // Only the count matters beyond the listed problems; after two messages their group has a general message.
    if (known.length > 1 && !findings.hasRoom('warning')) return findings.addRepeated(known[0]!, entry);
    const repeated = repeatedProblem({ severity: 'warning', code, message: message(), path });
    findings.addRepeated(repeated, entry);
    alike.set(code + form, [...known.slice(0, 1), repeated]);
  };
  for (let entry = 0; entry < entries.length; entry += 1) {
    const { isOneTask, ids, idsPath, uniqueId } = tasksOf(templates[entry]!);
    const isAgain = isOneTask ? again.has(tasks[entry]!) : ids.some((id) => again.has(id as number));
    if (isAgain && isOneTask) watch.see(entry, [tasks[entry]!], ['task'], warn);
    else if (isAgain) watch.see(entry, ids, idsPath, warn);
    if (uniqueId !== undefined) watch.seeUniqueId(entry, uniqueId, warn);
  }
}

/** Tasks that occur more than once. */
function duplicateTasks(entries: Entries, tasksOf: (template: number) => NamedTasks): ReadonlySet<number> {
  const { tasks, length } = entries;
  const lists = listedIds(entries, tasksOf);
  const again = new Set<number>();
  if (lists.length === 0 && areAscending(tasks)) return again;
  const all = new Float64Array(length + lists.length);
  all.set(tasks);
  all.set(lists, length);
  all.sort();
  for (let index = 1; index < all.length; index += 1)
    if (all[index] === all[index - 1] && isId(all[index])) again.add(all[index]!);
  return again;
}

/** IDs of entries without a single `task`. */
function listedIds(
  { templates, firsts, length }: Entries,
  tasksOf: (template: number) => NamedTasks,
): number[] {
  const lists: number[] = [];
  if (Array.from(firsts).every((_, template) => tasksOf(template).isOneTask)) return lists;
  for (let entry = 0; entry < length; entry += 1) {
    const { isOneTask, ids } = tasksOf(templates[entry]!);
    if (!isOneTask) for (const id of ids) if (isId(id)) lists.push(id);
  }
  return lists;
}

/** Strictly ascending IDs, as in most tables, have no duplicates. Invalid IDs are ignored. */
function areAscending(tasks: TaskIds): boolean {
  let last = 0;
  for (let entry = 0; entry < tasks.length; entry += 1) {
    const task = tasks[entry]!;
    if (task > last && task <= Number.MAX_SAFE_INTEGER) last = task;
    else if (task > 0 && task <= last) return false;
  }
  return true;
}

/** Reports a warning; problems with the same code and pattern differ only in numbers. */
type Warn = (entry: number, code: string, form: string, message: () => string, path: Path) => void;

/** Remembers the first entry of each task. */
class DuplicateTracker {
  private readonly entries: Entries;
  private readonly word: string;
  private readonly firstEntry = new Map<number, number>();
  private readonly firstUniqueId = new Map<string, number>();
  /** Content keys by content code. */
  private readonly contents = new Map<number, string>();

  constructor(entries: Entries, word: 'request' | 'row') {
    this.entries = entries;
    this.word = word;
  }

  /** Reports at most three problems per entry, each at its first place. */
  see(entry: number, ids: readonly Json[], path: Path, warn: Warn): void {
    // Most entries have one task and at most one of these cases.
    let inside: Tally | undefined;
    let same: Tally | undefined;
    let other: Tally | undefined;
    let twice: Set<number> | undefined;
    for (let index = 0; index < ids.length; index += 1) {
      const id = ids[index];
      if (!isId(id)) continue;
      const first = this.firstEntry.get(id);
      if (first === undefined) {
        this.firstEntry.set(id, entry);
      } else if (first === entry) {
        (inside ??= new Tally()).add(id, index, entry);
      } else {
        // Reported already for this list.
        twice ??= new Set();
        if (twice.has(id)) {
          (inside ??= new Tally()).add(id, index, entry);
          continue;
        }
        twice.add(id);
        if (this.areSame(first, entry)) (same ??= new Tally()).add(id, index, first);
        else (other ??= new Tally()).add(id, index, first);
      }
    }
    if (inside === undefined && same === undefined && other === undefined) return;
    const place = (tally: Tally): Path => (path.at(-1) === 'task' ? path : [...path, tally.index]);
    const report = (tally: Tally | undefined, code: string, words: (tally: Tally) => string) => {
      if (tally === undefined) return;
      const form = tally.ids.size > 1 ? ' of several' : '';
      warn(entry, code, form, () => `Task ${tally.id}${words(tally)}${tally.others()}`, place(tally));
    };
    report(
      inside,
      'task-twice-in-request',
      () => ' is listed more than once; each time creates an annotation.',
    );
    const nameOf = (tally: Tally) => `${this.word} ${tally.entry + 1}`;
    report(same, 'task-again-with-same-result', (tally) => `: duplicate of ${nameOf(tally)}.`);
    const labels = (tally: Tally) => `: conflicts with ${nameOf(tally)}, which has other labels.`;
    report(other, 'task-again-with-other-result', labels);
  }

  /** A unique_id is unique on the whole server, and compared as a UUID: seen on Label Studio 1.23.2 (409). */
  seeUniqueId(entry: number, uniqueId: string, warn: Warn): void {
    const lower = uniqueId.toLowerCase();
    const first = this.firstUniqueId.get(lower);
    if (first === undefined) {
      this.firstUniqueId.set(lower, entry);
    } else {
      const word = this.word === 'row' ? 'Row' : 'Request';
      const message = () =>
        `${word} ${first + 1} has this unique_id already. The server takes each only once.`;
      warn(entry, 'unique-id-again', '', message, ['unique_id']);
    }
  }

  private areSame(one: number, other: number): boolean {
    return this.entries.haveSameLabels?.(one, other) ?? this.content(one) === this.content(other);
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

/** How many IDs of one entry are in the same case, and the first of them. */
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

  /** Mentions the other IDs, if there are any. */
  others(): string {
    const more = this.ids.size - 1;
    return more === 0 ? '' : ` The same is true of ${count(more, 'other task')} of this request.`;
  }
}

/** Canonical text of a request’s labels; independent of key order, region IDs and the spelling of numbers. */
function contentOf(entry: Json): string {
  if (!isJsonObject(entry)) return canonicalJson(entry);
  const result = entry['result'];
  const regions = Array.isArray(result) ? result.map(withoutId) : (result ?? null);
  return canonicalJson([regions, entry['was_cancelled'] === true]);
}

function withoutId(region: Json): Json {
  if (!isJsonObject(region)) return region;
  const { id: _, ...rest } = region;
  return rest;
}
