import { BACKSLASH } from '#wire/char-codes.ts';
import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { Path } from '#wire/problem.ts';
import { Dictionary } from '#domain/requests/dictionary.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { contentKey } from '#domain/requests/content-codes.ts';
import { namesOneTask } from '#domain/requests/entries.ts';
import { locate } from '#domain/text/locate.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { findVariablePaths, type VariablePaths } from './variable-paths.ts';
import type { EntryMatcher } from './entry-matcher.ts';
import { TemplateTrie, hashOfText, maxEntryBytes, maxSlots, type Token } from './template-trie.ts';

/** What all requests of one template share. */
interface RequestTemplate {
  /** Slots in the first request of the template; numbers of others are written into it to check them. */
  slots: readonly Slot[];
  /** Whether the first request is valid with the numbers written into its slots. */
  isValid: () => boolean;
  /** Code of the content without the slots; templates that differ only in spelling share it. -1 if never grouped. */
  content: number;
  /** Slots that are part of the content (not region ids), in an order independent of spelling. */
  contentSlots: readonly number[];
}

/** The path of a slot in a request. */
interface Place {
  kind: 'number' | 'text' | 'name';
  path: Path;
}

interface Slot extends Place {
  /** The slot’s value is `parent[key]`. */
  parent: Record<string | number, Json>;
  key: string | number;
}

/**
 * Matches requests that differ from an earlier one only in their task, in numbers that are valid, in free text and in region
 * ids. They get the same verdict, so few requests of a large batch are ever parsed.
 */
export class RequestTemplates implements EntryMatcher {
  /** `match` writes numbers into the learnt value to check them. */
  readonly keepsValue = false;
  private readonly configOf: ConfigOf | undefined;
  private readonly trie = new TemplateTrie();
  /** By template. */
  private readonly templates: (RequestTemplate | undefined)[] = [];
  private readonly contents = new Dictionary();
  /** The sets of content slots of the known templates, by their paths. */
  private readonly places = new Map<string, readonly Place[]>();

  constructor(configOf: ConfigOf | undefined) {
    this.configOf = configOf;
  }

  /** The template of the request at `at`, or -1 if it must be parsed. */
  match(bytes: Bytes, at: number): number {
    const template = this.trie.match(bytes, at);
    if (template < 0) return -1;
    const known = this.templates[template];
    return known !== undefined && known.slots.length > 0 && !this.fits(known) ? -1 : template;
  }

  /** Of the last match: the offset behind it. */
  get end(): number {
    return this.trie.end;
  }

  get task(): number {
    return this.trie.task;
  }

  get taskFrom(): number {
    return this.trie.taskFrom;
  }

  /** The task id of a request with one task; inexact above 2^53. */
  read(request: Json): number | undefined {
    return namesOneTask(request) ? taskNumber((request as { task: Json }).task) : undefined;
  }

  /** Adds a request without syntax problems as a template, unless it is too long or has no single task. */
  learn(text: SourceText, request: Json, template: number): boolean {
    if (text.bytes.length > maxEntryBytes || this.trie.isFull) return false;
    if (!isJsonObject(request) || !namesOneTask(request) || typeof request['task'] === 'string') return false;
    const variable = findVariablePaths(request, this.configOf);
    const slots = slotsOf(request, variable);
    if (slots.length > maxSlots) return false;
    const tokens = tokensOf(text, slots);
    if (tokens === undefined) return false;
    this.trie.learn(tokens.all, template);
    this.templates[template] = this.templateOf(request, tokens.slots, variable.isStillValid);
    return true;
  }

  /** The content code of a template; undefined if its requests are never grouped. */
  contentOf(template: number): number | undefined {
    const { content } = this.templates[template]!;
    return content < 0 ? undefined : content;
  }

  hasSlots(template: number): boolean {
    return this.templates[template]!.contentSlots.length > 0;
  }

  /** A hash of the content of the last match; undefined if no slot is part of it. */
  slotHash(template: number): number | undefined {
    const { content, contentSlots } = this.templates[template]!;
    if (contentSlots.length === 0) return undefined;
    const { values } = this.trie;
    let hash = content;
    for (const slot of contentSlots) hash = mixHash(hash, values[slot]!);
    return hash >>> 0;
  }

  /** The same hash of a parsed request; undefined if no template has its slots at the same paths. */
  requestHash(request: Json): number | undefined {
    for (const places of this.places.values()) {
      const emptied = copy(request);
      const values = places.map((place) => valueAt(emptied, place));
      if (!values.every((value) => value !== undefined)) continue;
      for (const { path } of places) put(emptied, path, placeholder);
      const key = contentKey(emptied);
      const content = key === undefined ? undefined : this.contents.find(key);
      if (content !== undefined) return values.reduce(mixHash, content) >>> 0;
    }
    return undefined;
  }

  /** The slots of the last match, for `haveSameContents`. */
  slotContents(bytes: Bytes, template: number): SlotContents {
    const { trie } = this;
    const { content, contentSlots } = this.templates[template]!;
    return {
      content,
      numbers: contentSlots.map((slot) => (trie.isExact[slot] === 1 ? trie.values[slot]! : Number.NaN)),
      texts: contentSlots.map((slot) => bytes.subarray(trie.slotFrom[slot], trie.slotTo[slot])),
    };
  }

  /** Whether the request is valid with the numbers of the last match, and its region ids differ. */
  private fits({ slots, isValid }: RequestTemplate): boolean {
    const { values } = this.trie;
    for (let slot = 0; slot < slots.length; slot += 1) {
      const { kind, parent, key } = slots[slot]!;
      if (kind === 'number') parent[key] = values[slot]!;
      else if (kind === 'name')
        for (let other = 0; other < slot; other += 1)
          if (slots[other]!.kind === 'name' && values[other] === values[slot]) return false;
    }
    return isValid();
  }

  private templateOf(request: JsonObject, slots: readonly Slot[], isValid: () => boolean): RequestTemplate {
    const contentSlots = [...slots.keys()]
      .filter((slot) => slots[slot]!.kind !== 'name')
      .toSorted((one, other) => comparePaths(slots[one]!.path, slots[other]!.path));
    const emptied = copy(request);
    const places = contentSlots.map((slot) => slots[slot]!);
    for (const { path } of places) put(emptied, path, placeholder);
    const key = contentKey(emptied);
    if (places.length > 0) this.places.set(JSON.stringify(places.map(({ path }) => path)), places);
    return { slots, isValid, content: key === undefined ? -1 : this.contents.codeOf(key), contentSlots };
  }
}

/** The content of one request: the code of its template’s content, and its slots. */
export interface SlotContents {
  content: number;
  /** NaN for a text, and for a number that was not read exactly. */
  numbers: readonly number[];
  texts: readonly Bytes[];
}

/** Whether two requests have the same content; undefined if only parsing both can tell. */
export function haveSameContents(one: SlotContents, other: SlotContents): boolean | undefined {
  if (one.content !== other.content) return false;
  let isSure = true;
  for (let slot = 0; slot < one.numbers.length; slot += 1) {
    const [here, there] = [one.numbers[slot]!, other.numbers[slot]!];
    if (here === there) continue;
    if (!Number.isNaN(here) && !Number.isNaN(there)) return false;
    if (!isEqual(one.texts[slot]!, other.texts[slot]!)) isSure = false;
  }
  return isSure ? true : undefined;
}

function isEqual(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Replaces the value of a slot; no parsed text can contain it. */
const placeholder = new ExactNumber('#');

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

function mixHash(before: number, value: number): number {
  double[0] = value;
  const hash = Math.imul(before ^ doubleWords[0]!, 0x9e3779b1) ^ (before >>> 15);
  return Math.imul(hash ^ doubleWords[1]!, 0x85ebca6b) ^ (hash >>> 13);
}

/** The value the trie leaves for such a slot; undefined if the value can’t be in one. */
function valueAt(request: Json, { kind, path }: Place): number | undefined {
  let value: Json | undefined = request;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, Json>)[step];
  }
  if (kind === 'number') return value instanceof ExactNumber ? Number(value.text) : asNumber(value);
  return typeof value === 'string' ? hashOfText(value) : undefined;
}

const asNumber = (value: Json | undefined) => (typeof value === 'number' ? value : undefined);

function slotsOf(request: JsonObject, { numbers, texts, ids }: VariablePaths): Slot[] {
  const slotAt =
    (kind: Slot['kind']) =>
    (path: Path): Slot => {
      let parent: Json = request;
      for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, Json>)[step]!;
      return { kind, path, parent: parent as Record<string | number, Json>, key: path.at(-1)! };
    };
  return [...numbers.map(slotAt('number')), ...texts.map(slotAt('text')), ...ids.map(slotAt('name'))];
}

/** The tokens of a request, and its slots in the order of the text. */
function tokensOf(text: SourceText, slots: readonly Slot[]): { all: Token[]; slots: Slot[] } | undefined {
  const asks: Path[] = [['task'], ...slots.map(({ path }) => path)];
  const spans = locate(
    text.toString(),
    asks.map((path) => ({ path })),
  ).map(({ from, to }, index) => ({
    from: text.offsetOf(from),
    to: text.offsetOf(to),
    slot: slots[index - 1],
  }));
  spans.sort((one, other) => one.from - other.from);
  const all: Token[] = [];
  let at = 0;
  for (const { from, to, slot } of spans) {
    all.push({ kind: 'literal', bytes: text.bytes.subarray(at, from) });
    if (slot === undefined) all.push({ kind: 'task' });
    else {
      // Slots match no escapes, so the request would not match its own template.
      if (slot.kind !== 'number' && text.bytes.subarray(from, to).includes(BACKSLASH)) return undefined;
      all.push({ kind: slot.kind });
    }
    at = to;
  }
  all.push({ kind: 'literal', bytes: text.bytes.subarray(at) });
  return { all, slots: spans.flatMap(({ slot }) => slot ?? []) };
}

/** The order in which `plain` writes values. */
function comparePaths(one: Path, other: Path): number {
  for (const [depth, step] of one.entries()) {
    const there = other[depth];
    if (step !== there) return step < there! ? -1 : 1;
  }
  return 0;
}

function copy(value: Json): Json {
  if (Array.isArray(value)) return value.map(copy);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}

function put(value: Json, path: Path, what: Json): void {
  let parent = value as Record<string | number, Json>;
  for (const step of path.slice(0, -1)) parent = parent[step] as unknown as Record<string | number, Json>;
  parent[path.at(-1)!] = what;
}
