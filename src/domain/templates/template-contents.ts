import { isJsonObject, type Json } from '#wire/json.ts';
import { CodeWriter, type Codes } from '#domain/requests/dictionary.ts';
import { contentKey, type ContentCodes } from '#domain/requests/content-codes.ts';
import { resized } from '#domain/text/resized.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { contentHash } from './content-hash.ts';
import { haveSameRegions } from './region-templates.ts';
import type { MatchedContent, RequestTemplates } from './request-templates.ts';

/** Requests with their templates, as they were read. */
export interface MatchedEntries {
  length: number;
  text: SourceText;
  /** The offset of each. */
  starts: Uint32Array;
  templates: Codes;
  /** Of those whose template doesn’t decide their content. */
  hashes: Uint32Array;
  at(entry: number): Json;
}

/** Which requests have the same content. Few of them are parsed: those whose hashes are equal but not their bytes. */
export function contentCodesOf(entries: MatchedEntries, known: RequestTemplates): ContentCodes {
  const finder = new ContentFinder(entries, known);
  const codes = new CodeWriter();
  codes.reserve(entries.length);
  for (let entry = 0; entry < entries.length; entry += 1) codes.write(entry, finder.codeOf(entry));
  return { codes: codes.finish(entries.length), firsts: finder.firsts };
}

class ContentFinder {
  readonly firsts: number[] = [];
  private readonly entries: MatchedEntries;
  private readonly known: RequestTemplates;
  /** By template with one content: its code, plus one. */
  private readonly codeOfTemplate = new Map<number, number>();
  /** Open addressing: code + 1 by its hash. */
  private slots = new Uint32Array(1024);
  /** By code. */
  private hashes = new Uint32Array(512);
  /** What was found out about the first entry of a code. */
  private readonly contents = new Map<number, MatchedContent | undefined>();
  private readonly keys = new Map<number, string>();

  constructor(entries: MatchedEntries, known: RequestTemplates) {
    this.entries = entries;
    this.known = known;
  }

  codeOf(entry: number): number {
    const template = this.entries.templates[entry]!;
    if (!this.known.isGrouped(template)) return this.add(entry);
    const hash = this.known.hashOf(template);
    if (hash === undefined) return this.find(entry, template);
    let code = this.codeOfTemplate.get(template);
    if (code === undefined) {
      code = this.findWith(entry, hash);
      this.codeOfTemplate.set(template, code);
    }
    return code;
  }

  private find(entry: number, template: number): number {
    if (this.known.isComposed(template)) return this.findWith(entry, this.entries.hashes[entry]!);
    // Nothing was learnt from it.
    const request = this.entries.at(entry);
    if (isJsonObject(request) && contentKey(request) === undefined) return this.add(entry);
    return this.findWith(entry, isJsonObject(request) ? contentHash(request) : 0);
  }

  private findWith(entry: number, hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.slots[slot]! - 1;
      if (code < 0) break;
      if (this.hashes[code] === hash && this.isSame(entry, code)) return code;
    }
    return this.add(entry, hash);
  }

  private isSame(entry: number, code: number): boolean {
    const first = this.contents.has(code) ? this.contents.get(code) : this.contentOf(this.firsts[code]!);
    this.contents.set(code, first);
    const own = first && this.contentOf(entry);
    const isSure = first && own ? haveSameContent(first, own) : undefined;
    return isSure ?? this.keyOf(code) === contentKey(this.entries.at(entry));
  }

  private contentOf(entry: number): MatchedContent | undefined {
    const { text, starts, templates } = this.entries;
    const template = templates[entry]!;
    if (!this.known.isComposed(template) || this.known.match(text.bytes, starts[entry]!) !== template)
      return undefined;
    return this.known.content();
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
    this.hashes = resized(this.hashes, this.hashes.length * 2);
    this.slots = new Uint32Array(old.length * 2);
    for (const one of old) if (one > 0) this.put(one - 1);
  }
}

/** Undefined if only parsing both can tell. */
function haveSameContent(one: MatchedContent, other: MatchedContent): boolean | undefined {
  if (one.frame !== other.frame || one.time !== other.time) return undefined;
  return haveSameRegions(one.regions, other.regions);
}
