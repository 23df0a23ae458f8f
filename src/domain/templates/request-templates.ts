import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';
import { regionVariations, type RegionVariation } from '#config/check/region-variations.ts';
import type { ConfigOf, KnownConfig, UnknownConfig } from '#domain/requests/known-config.ts';
import { namesOneTask, type LabelUse, type RequestCheck } from '#domain/requests/entries.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { locate } from '#domain/text/locate.ts';
import { lineEndsIn, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import { checkRequest } from '#domain/validate/check-request.ts';
import { contentHashOf, fieldsHash, numberLeaf, pathHash } from '#domain/templates/contents/content-hash.ts';
import type { EntryMatcher } from './entry-matcher.ts';
import type { MatchedRegions } from '#domain/templates/contents/matched-regions.ts';
import { RegionTemplates } from './region-templates.ts';
import { Signatures } from './signatures.ts';
import { Slots } from './slots.ts';
import { TemplateTrie, maxEntryBytes, type Token } from './template-trie.ts';

/** The common parts of requests that differ only in their task, or also in `lead_time` and regions. */
interface OuterTemplate {
  /** The template, if only the task may differ. */
  template: number | undefined;
  regions: RegionTemplates;
  /** The fields’ part of the content hash. */
  hash: number;
  /** Whether `lead_time` comes before or after the regions, if it may differ. */
  time: 'none' | 'before' | 'after';
  /** Line ends in the common parts. */
  lineEnds: number;
}

/** Facts about the requests of one template. */
interface RequestTemplate {
  /** The source of such requests: see `RequestTemplates.variety`. */
  variety: number;
  /** The check of the first one, with a valid task ID. */
  check: RequestCheck;
  /** True if they are matched by their regions, so that their contents differ. */
  isComposed: boolean;
  /** False for those that are never grouped. */
  isGrouped: boolean;
  /** True if their labels are counted by the regions. */
  countsLabels: boolean;
  /** True if the messages of their problems differ, because they quote different labels. */
  varies: boolean;
}

/**
 * Requests that could be matched by regions are also learned as a whole while there are few, because that is faster.
 */
const maxWhole = 64;

const timePath = pathHash(['lead_time']);

/**
 * Matches requests that differ from earlier ones only in ways that don’t affect their problems: task, valid numbers,
 * free text, known labels, and the number of such regions. So few requests of a large batch are parsed.
 */
export class RequestTemplates implements EntryMatcher {
  isMatched = false;
  regionsHash = 0;
  private readonly configOf: ConfigOf | undefined;
  private readonly slots = new Slots();
  private readonly signatures = new Signatures();
  /** By variety. */
  private readonly tries: TemplateTrie[] = [];
  /** The regions of each config. */
  private readonly parts: { known: KnownConfig | UnknownConfig | undefined; regions: RegionTemplates }[] = [];
  private readonly outerTemplates: OuterTemplate[] = [];
  private readonly templates: (RequestTemplate | undefined)[] = [];
  private whole = 0;
  private variety = 0;
  private trie = this.trieOf(0);
  /** Of the last match. */
  private outer: OuterTemplate | undefined;
  private source: Bytes = new Uint8Array(0);

  constructor(configOf: ConfigOf | undefined) {
    this.configOf = configOf;
  }

  /**
   * Sets the source of the following requests: the same text may be another request in another source, so templates
   * aren’t shared between varieties.
   */
  useVariety(variety: number): void {
    if (variety === this.variety) return;
    this.variety = variety;
    this.trie = this.trieOf(variety);
  }

  /** The template of the request at `at`, or -1 if it must be parsed. */
  match(bytes: Bytes, at: number): number {
    const outer = this.matchOuter(bytes, at);
    if (outer < 0) return -1;
    return this.outer!.template ?? this.signatures.find(outer);
  }

  /** True if the request at `at`, which has a template, is matched to it. */
  isMatchedTo(template: number, bytes: Bytes, at: number): boolean {
    this.useVariety(this.templates[template]?.variety ?? this.variety);
    return this.match(bytes, at) === template;
  }

  /** The offset after the last match. */
  get end(): number {
    return this.trie.end;
  }

  get task(): number {
    return this.trie.task;
  }

  get taskFrom(): number {
    return this.trie.taskFrom;
  }

  get taskTo(): number {
    return this.trie.taskTo;
  }

  /** The offset of its `mark`; -1 if its template has none. */
  get mark(): number {
    return this.trie.mark;
  }

  /** The number of its inner line ends. */
  get lineEnds(): number {
    return this.outer!.lineEnds + this.slots.lineEnds;
  }

  /** The task ID of a request with one task; inexact above 2^53. */
  read(request: Json): number | undefined {
    return namesOneTask(request) ? taskNumber((request as { task: Json }).task) : undefined;
  }

  /**
   * Learns from a request without syntax problems. Returns its template: an earlier one, or `next`. `isMatched` then
   * tells whether `match` finds it, as if it had just been called. `others` are parts of its text that may vary besides
   * its result and time.
   */
  learn(text: SourceText, request: Json, next: number, others: readonly Varying[] = taskAlone): number {
    this.isMatched = false;
    if (!isJsonObject(request) || !namesOneTask(request) || typeof request['task'] === 'string') return next;
    const check = checkRequest({ ...request, task: 1 }, this.configOf);
    const isGrouped = request['unique_id'] === undefined;
    const { variety } = this;
    const known = { variety, check, isGrouped, isComposed: false, countsLabels: false, varies: false };
    this.templates[next] = known;
    if (text.bytes.length > maxEntryBytes || this.trie.isFull) return next;
    const { result } = request;
    const part = this.partFor(this.configOf?.(request));
    const { regions } = this.parts[part]!;
    const config = this.parts[part]!.known?.config;
    const variations = Array.isArray(result) ? regionVariations(config, result, check.problems) : undefined;
    if (variations === undefined || regions.isFull) {
      this.learnWhole(text, next, others);
      return next;
    }
    const outer = this.learnParts(text, request, part, variations, check, others);
    this.isMatched = outer >= 0 && this.end === text.bytes.length;
    if (!this.isMatched) return next;
    const found = this.outer!.template ?? this.signatures.find(outer);
    if (found >= 0) {
      this.templates[next] = undefined;
      return found;
    }
    const mayBeWhole =
      this.whole < maxWhole &&
      variations.every((one, index) => isFixed(one, (result as JsonObject[])[index]!));
    if (mayBeWhole && typeof request['lead_time'] !== 'number') {
      this.whole += 1;
      this.learnWhole(text, next, others);
      this.matchOuter(text.bytes, 0);
      return next;
    }
    this.signatures.learn(outer, next);
    const isValid = check.problems.every(({ severity }) => severity !== 'error');
    this.templates[next] = {
      ...known,
      isComposed: true,
      countsLabels: isValid,
      varies: regions.hasAnyWrong,
    };
    return next;
  }

  /** The check of a template’s first request. */
  checkOf(template: number): RequestCheck | undefined {
    return this.templates[template]?.check;
  }

  varies(template: number): boolean {
    return this.templates[template]?.varies ?? false;
  }

  countsLabels(template: number): boolean {
    return this.templates[template]?.countsLabels ?? false;
  }

  labelUses(): LabelUse[] {
    return this.parts.flatMap(({ regions }) => regions.labelUses());
  }

  /** Counts the labels of the last match as used by an entry. */
  countLabels(template: number, entry: number): void {
    if (this.countsLabels(template)) this.outer!.regions.countLabels(entry);
  }

  isComposed(template: number): boolean {
    return this.templates[template]?.isComposed ?? false;
  }

  isGrouped(template: number): boolean {
    return this.templates[template]?.isGrouped ?? true;
  }

  /** The content hash of the last match, if its template doesn’t decide it. */
  contentHash(template: number): number | undefined {
    const known = this.templates[template]!;
    if (!known.isGrouped || !known.isComposed) return undefined;
    const { hash, time, regions } = this.outer!;
    const own = time === 'none' ? hash : hash + numberLeaf(timePath, this.timeOf(time));
    this.regionsHash = regions.contentHash(this.source);
    return contentHashOf(own + this.regionsHash);
  }

  /** The content of the last match, for comparison; undefined if its template decides it. */
  content(): MatchedContent | undefined {
    const { outer } = this;
    if (outer === undefined || outer.template !== undefined) return undefined;
    return {
      outer,
      time: outer.time === 'none' ? undefined : this.exactTime(outer.time),
      regions: outer.regions.matched(this.source),
    };
  }

  /** The outer template of the request at `at` with valid slots, or -1. */
  private matchOuter(bytes: Bytes, at: number): number {
    this.source = bytes;
    this.slots.clear();
    const number = this.trie.match(bytes, at);
    if (number < 0) return -1;
    const outer = this.outerTemplates[number]!;
    this.outer = outer;
    if (outer.template !== undefined) return number;
    if (outer.time !== 'none' && this.timeOf(outer.time) < 0) return -1;
    if (!outer.regions.fits(bytes)) return -1;
    this.signatures.clear();
    outer.regions.sign();
    return number;
  }

  private timeSlot(time: 'before' | 'after'): number {
    return time === 'before' ? 0 : this.slots.count - 1;
  }

  private timeOf(time: 'before' | 'after'): number {
    return this.slots.values[this.timeSlot(time)]!;
  }

  /** NaN if other numbers may be read as the same. */
  private exactTime(time: 'before' | 'after'): number {
    return this.slots.isExact[this.timeSlot(time)] === 1 ? this.timeOf(time) : Number.NaN;
  }

  private partFor(known: KnownConfig | UnknownConfig | undefined): number {
    const isSame = (one: KnownConfig | UnknownConfig | undefined) =>
      one?.config === known?.config &&
      (known?.config === undefined || (one as KnownConfig).isForBulk === known.isForBulk);
    const part = this.parts.findIndex((one) => isSame(one.known));
    if (part >= 0) return part;
    this.parts.push({ known, regions: new RegionTemplates(this.slots, this.signatures) });
    return this.parts.length - 1;
  }

  private trieOf(variety: number): TemplateTrie {
    return (this.tries[variety] ??= new TemplateTrie(this.slots, (part, source, at) =>
      this.parts[part]!.regions.match(source, at),
    ));
  }

  private learnWhole(text: SourceText, template: number, others: readonly Varying[]): void {
    const tokens = tokensOf(text, spansOf(text, others));
    this.trie.learn(tokens, this.outerTemplates.length);
    const lineEnds = lineEndsOf(tokens);
    this.outerTemplates.push({ template, regions: this.parts[0]!.regions, hash: 0, time: 'none', lineEnds });
  }

  /** Learns the unknown regions and fields of a request. Returns its outer template, or -1. */
  private learnParts(
    text: SourceText,
    request: JsonObject,
    part: number,
    variations: readonly RegionVariation[],
    { problems }: RequestCheck,
    others: readonly Varying[],
  ): number {
    const { regions } = this.parts[part]!;
    const hasTime =
      typeof request['lead_time'] === 'number' && !problems.some(({ path }) => path[0] === 'lead_time');
    const ofTime: Varying[] = hasTime ? [{ path: ['lead_time'], token: { kind: 'number' } }] : [];
    const spans = spansOf(text, [{ path: ['result'], token: { kind: 'part', part } }, ...others, ...ofTime]);
    const [list] = spans;
    const time = hasTime ? spans.at(-1) : undefined;
    regions.learn(text, list!.from, request['result'] as Json[], variations, problems);
    const known = this.matchOuter(text.bytes, 0);
    if (known >= 0) return known;
    const { task: _task, result: _result, ...fields } = request;
    if (hasTime) delete fields['lead_time'];
    const tokens = tokensOf(text, spans);
    this.trie.learn(tokens, this.outerTemplates.length);
    this.outerTemplates.push({
      template: undefined,
      regions,
      hash: fieldsHash(fields),
      time: time === undefined ? 'none' : time.from < list!.from ? 'before' : 'after',
      lineEnds: lineEndsOf(tokens),
    });
    return this.matchOuter(text.bytes, 0);
  }
}

/** The content of one composed request. */
export interface MatchedContent {
  outer: object;
  /** Its `lead_time`; NaN if only its text identifies it. */
  time: number | undefined;
  regions: MatchedRegions;
}

/** A part of requests that varies, and how it is matched. */
export interface Varying {
  path: Path;
  token: Token;
}

const taskAlone: readonly Varying[] = [{ path: ['task'], token: { kind: 'task' } }];

interface VaryingSpan {
  from: number;
  to: number;
  token: Token;
}

/** The spans of these values in bytes, in the same order; a mark is before its value. */
function spansOf(text: SourceText, varying: readonly Varying[]): VaryingSpan[] {
  return locate(text.toString(), varying).map(({ from, to }, index) => {
    const { token } = varying[index]!;
    return { from: text.offsetOf(from), to: text.offsetOf(token.kind === 'mark' ? from : to), token };
  });
}

/** The number of line ends common to all texts with these tokens. */
const lineEndsOf = (tokens: readonly Token[]): number =>
  tokens.reduce(
    (sum, token) => sum + (token.kind === 'literal' ? lineEndsIn(token.bytes, 0, token.bytes.length) : 0),
    0,
  );

/** The tokens of a text in which these values vary. */
function tokensOf(text: SourceText, spans: readonly VaryingSpan[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const { from, to, token } of spans.toSorted((one, other) => one.from - other.from)) {
    tokens.push({ kind: 'literal', bytes: text.bytes.slice(at, from) }, token);
    at = to;
  }
  tokens.push({ kind: 'literal', bytes: text.bytes.slice(at) });
  return tokens;
}

/** True if only the single label of a region may change. */
function isFixed(
  { numbers, texts, lists, hasId, references }: RegionVariation,
  { value }: JsonObject,
): boolean {
  if (numbers.length + texts.length + references.length > 0 || hasId) return false;
  return lists.every(({ path }) => {
    const list = (value as JsonObject)[path[1]!] as Json[];
    return list.length === 1 && typeof list[0] === 'string';
  });
}
