import type { Span } from '#wire/json-scan.ts';
import { readJson, type Json } from '#wire/json.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import { contentKey, type ContentCodes } from '#domain/requests/content-codes.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { haveSameContents, type RequestTemplates } from '#domain/templates/request-templates.ts';
import type { Pieces } from './json-pieces.ts';
import type { Sought } from '#domain/parse/layout.ts';
import { skipValue } from './skip-bytes.ts';

/** Requests that stand one behind the other in a text, known by their templates. */
export function requestsIn(pieces: Pieces, known: RequestTemplates): Entries {
  const at = (entry: number) => pieces.at(entry);
  let contents: ContentCodes | undefined;
  return {
    length: pieces.length,
    at,
    templates: pieces.templates,
    firsts: pieces.firsts,
    namesOneTask: (template) => pieces.isOneTask[template]!,
    tasks: pieces.tasks,
    taskAt: (entry) => taskAt(pieces, known, entry),
    contentCodes: () => (contents ??= contentsOf(pieces, known)),
  };
}

/** Of what is known by its looks no more is read than the task. */
function taskAt(pieces: Pieces, known: RequestTemplates, entry: number): Json {
  const span = taskSpan(pieces, known, { entry, path: ['task'] });
  if (span === undefined) return (pieces.at(entry) as { task: Json }).task;
  return readJson(pieces.text.slice(span.from, span.to)).value ?? null;
}

/** Where the task of an entry stands, if that is what is sought, and the entry is known by its looks. */
export function taskSpan(
  pieces: Pieces,
  known: RequestTemplates,
  { entry, path, of }: Sought,
): Span | undefined {
  if (entry === undefined || path.length !== 1 || path[0] !== 'task' || of !== undefined) return undefined;
  const { text, starts, templates, isLearned } = pieces;
  const template = templates[entry]!;
  if (!isLearned[template] || known.match(text.bytes, starts[entry]!) !== template) return undefined;
  return { from: known.taskFrom, to: skipValue(text.bytes, known.taskFrom) };
}

function contentsOf(pieces: Pieces, known: RequestTemplates): ContentCodes {
  const { templates, length } = pieces;
  const finder = new ContentFinder(pieces, known);
  const codes = new CodeWriter();
  codes.reserve(length);
  const codeOfTemplate = new Int32Array(pieces.firsts.length).fill(-1);
  for (let entry = 0; entry < length; entry += 1) {
    const template = templates[entry]!;
    let code = codeOfTemplate[template]!;
    if (code < 0) {
      code = finder.codeOf(entry, template);
      if (finder.isOfOneContent(template)) codeOfTemplate[template] = code;
    }
    codes.write(entry, code);
  }
  return { codes: codes.finish(length), firsts: finder.firsts };
}

/** Tells entries apart by what they say: by their template, by what stands in its slots, and where that does not tell, by reading. */
class ContentFinder {
  readonly firsts: number[] = [];
  private readonly pieces: Pieces;
  private readonly known: RequestTemplates;
  private readonly byContent = new Map<number, number>();
  /** By a hash of what stands in the slots: the codes that have it. */
  private readonly byHash = new Map<number, number | number[]>();
  private readonly byKey = new Map<string, number>();
  private readonly keys = new Map<number, string>();

  constructor(pieces: Pieces, known: RequestTemplates) {
    this.pieces = pieces;
    this.known = known;
  }

  /** Whether all entries of a template say the same. */
  isOfOneContent(template: number): boolean {
    const { known, pieces } = this;
    return (
      pieces.isLearned[template]! && !known.hasSlots(template) && known.contentOf(template) !== undefined
    );
  }

  codeOf(entry: number, template: number): number {
    const { known, pieces } = this;
    if (!pieces.isLearned[template]) return this.codeOfRead(entry);
    const content = known.contentOf(template);
    if (content === undefined) return this.add(entry);
    if (known.hasSlots(template)) return this.codeOfSlots(entry, template);
    let code = this.byContent.get(content);
    if (code === undefined) {
      code = this.codeOfRead(pieces.firsts[template]!, entry);
      this.byContent.set(content, code);
    }
    return code;
  }

  /** Of a request that was read, or is like one to the letter. */
  private codeOfRead(read: number, first = read): number {
    const request = this.pieces.at(read);
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
    const { known, pieces } = this;
    const { templates, firsts, hashes, text, isLearned } = pieces;
    const isFirst = firsts[template] === entry;
    // The first of a template was read, before there was a template to hash it by.
    if (isFirst && !this.look(entry)) return this.codeOfRead(entry);
    const hash = isFirst ? known.slotHash(template)! : hashes[entry]!;
    const alike = this.codesWith(hash);
    if (alike.length === 0) return this.add(entry, hash);
    if (!this.look(entry)) return this.codeOfRead(entry);
    const slots = known.slotContents(text.bytes, template);
    const isSame = (code: number) => {
      const first = this.firsts[code]!;
      const other = templates[first]!;
      const hasSlots = isLearned[other]! && known.hasSlots(other) && this.look(first);
      const isSure = hasSlots ? haveSameContents(slots, known.slotContents(text.bytes, other)) : undefined;
      return isSure ?? this.keyOf(code) === contentKey(pieces.at(entry));
    };
    return alike.find(isSame) ?? this.add(entry, hash);
  }

  private codesWith(hash: number | undefined): readonly number[] {
    const codes = hash === undefined ? undefined : this.byHash.get(hash);
    return typeof codes === 'number' ? [codes] : (codes ?? []);
  }

  /** Fills the slots with what stands in this entry; false where it looks like another template by now. */
  private look(entry: number): boolean {
    const { text, starts, templates } = this.pieces;
    return this.known.match(text.bytes, starts[entry]!) === templates[entry];
  }

  private keyOf(code: number): string {
    const key = this.keys.get(code) ?? contentKey(this.pieces.at(this.firsts[code]!))!;
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
