import { viewOf } from '#wire/json/json-bytes.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import { contentKey, type ContentCodes } from '#domain/requests/content-codes.ts';
import { resized } from '#domain/text/resized.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { contentHash } from '#domain/templates/contents/content-hash.ts';
import { haveSameRegions } from '#domain/templates/contents/matched-regions.ts';
import { RequestTemplates, type MatchedContent } from './request-templates.ts';

/** Requests with their templates. */
export interface MatchedEntries {
  length: number;
  text: SourceText;
  /** The offset of each. */
  starts: Uint32Array;
  templates: Codes;
  /** Content hashes of requests whose template doesn’t decide their content. */
  hashes: Uint32Array;
  /** The regions’ part of the hashes. */
  regionHashes: Int32Array;
  at(entry: number): Json;
}

/** Which requests have the same content. Only those with equal hashes but different bytes are parsed. */
export function contentCodesOf(entries: MatchedEntries, known: RequestTemplates): ContentCodes {
  const finder = new ContentFinder(entries, known);
  const codes = new CodeWriter();
  codes.reserve(entries.length);
  for (let entry = 0; entry < entries.length; entry += 1) codes.write(entry, finder.codeOf(entry));
  return { codes: codes.finish(entries.length), firsts: finder.firsts };
}

const noEntries: MatchedEntries = {
  length: 0,
  text: SourceText.of(''),
  starts: new Uint32Array(0),
  templates: new Uint8Array(0),
  hashes: new Uint32Array(0),
  regionHashes: new Int32Array(0),
  at: () => null,
};

interface FirstRequest {
  start: number;
  /** The span of its task. */
  taskFrom: number;
  taskTo: number;
  end: number;
}

class ContentFinder {
  readonly firsts: number[] = [];
  private readonly entries: MatchedEntries;
  private readonly known: RequestTemplates;
  /** By template with one content: its code, plus one. */
  private readonly codeOfTemplate = new Map<number, number>();
  /** Open addressing: code + 1 at its hash. */
  private slots = new Uint32Array(1024);
  /** By code. */
  private hashes = new Uint32Array(512);
  /** The first request of each code, once it has been compared. */
  private readonly requests = new Map<number, FirstRequest | undefined>();
  /** Its content, once a request with another text was compared with it. */
  private readonly contents = new Map<number, MatchedContent | undefined>();
  private readonly keys = new Map<number, string>();

  constructor(entries: MatchedEntries, known: RequestTemplates) {
    this.entries = entries;
    this.known = known;
  }

  codeOf(entry: number): number {
    const template = this.entries.templates[entry]!;
    if (!this.known.isGrouped(template)) return this.add(entry);
    if (this.known.isComposed(template)) return this.find(entry, this.entries.hashes[entry]!);
    let code = this.codeOfTemplate.get(template);
    if (code === undefined) {
      code = this.codeOfParsed(entry);
      this.codeOfTemplate.set(template, code);
    }
    return code;
  }

  private codeOfParsed(entry: number): number {
    const request = this.entries.at(entry);
    if (!isJsonObject(request)) return this.find(entry, 0);
    return contentKey(request) === undefined ? this.add(entry) : this.find(entry, contentHash(request));
  }

  private find(entry: number, hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.slots[slot]! - 1;
      if (code < 0) break;
      if (this.hashes[code] === hash && this.isSame(entry, code)) return code;
    }
    return this.add(entry, hash);
  }

  private isSame(entry: number, code: number): boolean {
    const first = this.firstOf(code);
    if (first !== undefined && this.isSameText(entry, first)) return true;
    const one = first && this.contentOf(code);
    const own = one && contentOf(this.entries, this.known, entry);
    const isSure = own ? haveSameContent(one, own) : undefined;
    return isSure ?? this.keyOf(code) === contentKey(this.entries.at(entry));
  }

  /** The first request of a code, if it is composed. */
  private firstOf(code: number): FirstRequest | undefined {
    if (this.requests.has(code)) return this.requests.get(code);
    const { known, entries } = this;
    const start = entries.starts[this.firsts[code]!]!;
    const first = isMatched(entries, known, this.firsts[code]!)
      ? { start, taskFrom: known.taskFrom, taskTo: known.taskTo, end: known.end }
      : undefined;
    this.requests.set(code, first);
    return first;
  }

  private contentOf(code: number): MatchedContent | undefined {
    if (!this.contents.has(code))
      this.contents.set(code, contentOf(this.entries, this.known, this.firsts[code]!));
    return this.contents.get(code);
  }

  /** True if a request has the same text except for its task. */
  private isSameText(entry: number, { start, taskFrom, taskTo, end }: FirstRequest): boolean {
    const { bytes } = this.entries.text;
    const own = this.entries.starts[entry]!;
    const ownTask = own + taskFrom - start;
    if (!areEqual(bytes, start, taskFrom, own)) return false;
    let ownTo = ownTask;
    while (isDigit(bytes[ownTo]!)) ownTo += 1;
    return ownTo > ownTask && areEqual(bytes, taskTo, end, ownTo);
  }

  private keyOf(code: number): string {
    const key = this.keys.get(code) ?? contentKey(this.entries.at(this.firsts[code]!))!;
    this.keys.set(code, key);
    return key;
  }

  private add(entry: number, hash?: number): number {
    const code = this.firsts.length;
    this.firsts.push(entry);
    if (code === this.hashes.length) this.grow();
    if (hash === undefined) return code;
    this.hashes[code] = hash;
    this.put(code);
    return code;
  }

  private put(code: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[code]! & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = code + 1;
  }

  private grow(): void {
    const old = this.slots;
    this.hashes = resized(this.hashes, this.hashes.length * 4);
    this.slots = new Uint32Array(old.length * 4);
    // Without an iterator, which would allocate an object for each slot until the loop is optimised.
    for (let slot = 0; slot < old.length; slot += 1) if (old[slot]! > 0) this.put(old[slot]! - 1);
  }
}

function areEqual(bytes: Bytes, from: number, to: number, other: number): boolean {
  const words = viewOf(bytes);
  const shift = other - from;
  const last = Math.min(to, bytes.length - shift) - 4;
  let at = from;
  while (at <= last && words.getInt32(at, true) === words.getInt32(at + shift, true)) at += 4;
  while (at < to && bytes[at] === bytes[at + shift]) at += 1;
  return at === to;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Undefined if that needs parsing. */
function haveSameContent(one: MatchedContent, other: MatchedContent): boolean | undefined {
  if (one.outer !== other.outer || one.time !== other.time) return undefined;
  return haveSameRegions(one.regions, other.regions);
}

/** Whether two requests have the same labels and the same skip state; undefined if that needs parsing. */
export function haveSameLabels(
  entries: MatchedEntries,
  known: RequestTemplates,
  one: number,
  other: number,
): boolean | undefined {
  const { templates, regionHashes } = entries;
  const isHashed = (template: number) => known.isComposed(template) && known.isGrouped(template);
  if (!isHashed(templates[one]!) || !isHashed(templates[other]!)) return undefined;
  if (regionHashes[one] !== regionHashes[other]) return false;
  const [here, there] = [contentOf(entries, known, one), contentOf(entries, known, other)];
  if (here === undefined || here.outer !== there?.outer) return undefined;
  return haveSameRegions(here.regions, there.regions);
}

function contentOf(
  entries: MatchedEntries,
  known: RequestTemplates,
  entry: number,
): MatchedContent | undefined {
  return isMatched(entries, known, entry) ? known.content() : undefined;
}

/** Matches an entry again, if it is composed. */
function isMatched(
  { text, starts, templates }: MatchedEntries,
  known: RequestTemplates,
  entry: number,
): boolean {
  const template = templates[entry]!;
  return known.isComposed(template) && known.isMatchedTo(template, text.bytes, starts[entry]!);
}

keepCodeOf(new ContentFinder(noEntries, new RequestTemplates(undefined)));
