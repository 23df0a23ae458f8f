import type { Span } from '#wire/json-scan.ts';
import { readJson, type Json } from '#wire/json.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import { contentKey, type ContentCodes } from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { haveSameContents, type RequestTemplates } from '#domain/templates/request-templates.ts';
import type { ReadEntries } from './entry-reader.ts';
import type { Sought } from '#domain/parse/layout.ts';
import { skipValue } from './skip-bytes.ts';

/** The requests of a text as entries. */
export function requestsIn(entries: ReadEntries, known: RequestTemplates): Entries {
  const at = (entry: number) => entries.at(entry);
  let contents: ContentCodes | undefined;
  return {
    length: entries.length,
    at,
    templates: entries.templates,
    firsts: entries.firsts,
    namesOneTask: (template) => entries.isOneTask[template]!,
    tasks: entries.tasks,
    taskAt: (entry) => taskAt(entries, known, entry),
    contentCodes: () => (contents ??= contentsOf(entries, known)),
  };
}

/** Reads no more than the task of an entry that matches a template. */
function taskAt(entries: ReadEntries, known: RequestTemplates, entry: number): Json {
  const span = taskSpan(entries, known, { entry, path: ['task'] });
  if (span === undefined) return (entries.at(entry) as { task: Json }).task;
  return readJson(entries.text.slice(span.from, span.to)).value ?? null;
}

/** The span of an entry’s task, if that is what is sought and the entry matches a template. */
export function taskSpan(
  entries: ReadEntries,
  known: RequestTemplates,
  { entry, path, of }: Sought,
): Span | undefined {
  if (entry === undefined || path.length !== 1 || path[0] !== 'task' || of !== undefined) return undefined;
  const { text, starts, templates, isLearnt } = entries;
  const template = templates[entry]!;
  if (!isLearnt[template] || known.match(text.bytes, starts[entry]!) !== template) return undefined;
  return { from: known.taskFrom, to: skipValue(text.bytes, known.taskFrom) };
}

function contentsOf(entries: ReadEntries, known: RequestTemplates): ContentCodes {
  const { templates, length } = entries;
  const finder = new ContentFinder(entries, known);
  const codes = new CodeWriter();
  codes.reserve(length);
  const codeOfTemplate = new Int32Array(entries.firsts.length).fill(-1);
  for (let entry = 0; entry < length; entry += 1) {
    const template = templates[entry]!;
    let code = codeOfTemplate[template]!;
    if (code < 0) {
      code = finder.codeOf(entry, template);
      if (finder.hasOneContent(template)) codeOfTemplate[template] = code;
    }
    codes.write(entry, code);
  }
  return { codes: codes.finish(length), firsts: finder.firsts };
}

/** Finds the content code of entries: by template, by the hash of its slots, or by parsing if neither decides. */
class ContentFinder {
  readonly firsts: number[] = [];
  private readonly entries: ReadEntries;
  private readonly known: RequestTemplates;
  private readonly byContent = new Map<number, number>();
  /** Codes by slot hash. */
  private readonly byHash = new Map<number, number | number[]>();
  private readonly byKey = new Map<string, number>();
  private readonly keys = new Map<number, string>();

  constructor(entries: ReadEntries, known: RequestTemplates) {
    this.entries = entries;
    this.known = known;
  }

  /** Whether all entries of a template have the same content. */
  hasOneContent(template: number): boolean {
    const { known, entries } = this;
    return (
      entries.isLearnt[template]! && !known.hasSlots(template) && known.contentOf(template) !== undefined
    );
  }

  codeOf(entry: number, template: number): number {
    const { known, entries } = this;
    if (!entries.isLearnt[template]) return this.codeOfParsed(entry);
    const content = known.contentOf(template);
    if (content === undefined) return this.add(entry);
    if (known.hasSlots(template)) return this.codeOfSlots(entry, template);
    let code = this.byContent.get(content);
    if (code === undefined) {
      code = this.codeOfParsed(entries.firsts[template]!, entry);
      this.byContent.set(content, code);
    }
    return code;
  }

  /** The code of a parsed request, or of one with identical text. */
  private codeOfParsed(read: number, first = read): number {
    const request = this.entries.at(read);
    const key = contentKey(request);
    if (key === undefined) return this.add(first);
    let code = this.byKey.get(key);
    if (code === undefined) {
      const hash = this.known.requestHash(request);
      code = this.codesWith(hash).find((one) => this.keyOf(one) === key) ?? this.add(first, hash);
      this.byKey.set(key, code);
    }
    return code;
  }

  private codeOfSlots(entry: number, template: number): number {
    const { known, entries } = this;
    const { templates, firsts, hashes, text, isLearnt } = entries;
    const isFirst = firsts[template] === entry;
    // The first entry was parsed before its template existed, so it has no hash yet.
    if (isFirst && !this.matchAgain(entry)) return this.codeOfParsed(entry);
    const hash = isFirst ? known.slotHash(template)! : hashes[entry]!;
    const alike = this.codesWith(hash);
    if (alike.length === 0) return this.add(entry, hash);
    if (!this.matchAgain(entry)) return this.codeOfParsed(entry);
    const slots = known.slotContents(text.bytes, template);
    const isSame = (code: number) => {
      const first = this.firsts[code]!;
      const other = templates[first]!;
      const hasSlots = isLearnt[other]! && known.hasSlots(other) && this.matchAgain(first);
      const isSure = hasSlots ? haveSameContents(slots, known.slotContents(text.bytes, other)) : undefined;
      return isSure ?? this.keyOf(code) === contentKey(entries.at(entry));
    };
    return alike.find(isSame) ?? this.add(entry, hash);
  }

  private codesWith(hash: number | undefined): readonly number[] {
    const codes = hash === undefined ? undefined : this.byHash.get(hash);
    return typeof codes === 'number' ? [codes] : (codes ?? []);
  }

  /** Loads the slots of an entry; false if it matches another template by now. */
  private matchAgain(entry: number): boolean {
    const { text, starts, templates } = this.entries;
    return this.known.match(text.bytes, starts[entry]!) === templates[entry];
  }

  private keyOf(code: number): string {
    const key = this.keys.get(code) ?? contentKey(this.entries.at(this.firsts[code]!))!;
    this.keys.set(code, key);
    return key;
  }

  private add(entry: number, hash?: number): number {
    const code = this.firsts.length;
    this.firsts.push(entry);
    const alike = this.codesWith(hash);
    if (hash !== undefined) this.byHash.set(hash, alike.length === 0 ? code : [...alike, code]);
    return code;
  }
}
