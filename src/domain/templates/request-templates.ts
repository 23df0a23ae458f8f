import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import { Dictionary } from '#domain/requests/dictionary.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { contentKey } from '#domain/requests/contents.ts';
import { namesOneTask } from '#domain/requests/entries.ts';
import { locate } from '#domain/text/locate.ts';
import type { Path } from '#domain/problems/problem.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { variationsOf, type RequestVariations } from './variations.ts';
import type { EntryMatcher } from './entry-matcher.ts';
import { TemplateTrie, hashOfText, longestRemembered, maxSlots, type Token } from './template-trie.ts';

/** What is known of the requests of one template, besides what they look like. */
interface RequestTemplate {
  /** The places in its first request where those of others differ; numbers are put there to see whether they fit. */
  slots: readonly Slot[];
  /** Whether it is judged as before with the numbers that stand in the slots now. */
  isFine: () => boolean;
  /** What it says, but for what stands in the slots; the same for templates that only look different, and -1 for one that is alone. */
  content: number;
  /** The slots whose words are a part of what is said, in an order that does not hang on how it is written. */
  said: readonly number[];
}

/** Where a slot is in a request. */
interface Place {
  kind: 'number' | 'text' | 'name';
  path: Path;
}

interface Slot extends Place {
  /** Where the number of a request is put: in `parent[key]`. */
  parent: Record<string | number, Json>;
  key: string | number;
}

/**
 * Knows requests by those that were read before: what looks the same but for its task, for numbers that fit and for free
 * words, is judged the same (a template). So of a large batch few requests are ever read as JSON.
 */
export class RequestTemplates implements EntryMatcher {
  /** Numbers are put into it, to see whether they fit. */
  readonly leavesAlone = false;
  private readonly configOf: ConfigOf | undefined;
  private readonly trie = new TemplateTrie();
  /** By template. */
  private readonly templates: (RequestTemplate | undefined)[] = [];
  private readonly contents = new Dictionary();
  /** Where the templates that are known have slots that say something: few different sets of places. */
  private readonly places = new Map<string, readonly Place[]>();

  constructor(configOf: ConfigOf | undefined) {
    this.configOf = configOf;
  }

  /** The template of the request at `at`, or -1 where it must be read. */
  match(bytes: Bytes, at: number): number {
    const template = this.trie.match(bytes, at);
    if (template < 0) return -1;
    const known = this.templates[template];
    return known !== undefined && known.slots.length > 0 && !this.fits(known) ? -1 : template;
  }

  /** Of the request that was matched last: the offset behind it, its task, and where that stands. */
  get end(): number {
    return this.trie.end;
  }

  get task(): number {
    return this.trie.task;
  }

  get taskFrom(): number {
    return this.trie.taskFrom;
  }

  /** The id of the one task that it names, about right beyond 2^53. */
  read(request: Json): number | undefined {
    return namesOneTask(request) ? taskNumber((request as { task: Json }).task) : undefined;
  }

  /** Remembers a request without faults in its writing, if others may be known by it. */
  learn(text: SourceText, request: Json, template: number): boolean {
    if (text.bytes.length > longestRemembered || this.trie.isFull) return false;
    if (!isJsonObject(request) || !namesOneTask(request) || typeof request['task'] === 'string') return false;
    const variations = variationsOf(request, this.configOf);
    const slots = slotsOf(request, variations);
    if (slots.length > maxSlots) return false;
    const tokens = tokensOf(text, slots);
    if (tokens === undefined) return false;
    this.trie.learn(tokens.all, template);
    this.templates[template] = this.templateOf(request, tokens.slots, variations.isFine);
    return true;
  }

  /** A number for what is said besides the words in the slots; undefined where it shares a call with nothing. */
  contentOf(template: number): number | undefined {
    const { content } = this.templates[template]!;
    return content < 0 ? undefined : content;
  }

  hasSlots(template: number): boolean {
    return this.templates[template]!.said.length > 0;
  }

  /** A hash of what the request says that was matched last; undefined where its slots say nothing. */
  hashOfSaid(template: number): number | undefined {
    const { content, said } = this.templates[template]!;
    if (said.length === 0) return undefined;
    const { values } = this.trie;
    let hash = content;
    for (const slot of said) hash = mixed(hash, values[slot]!);
    return hash >>> 0;
  }

  /** The same hash of a request that was read: undefined where no template has its slots where this has numbers and words. */
  hashOfRead(request: Json): number | undefined {
    for (const places of this.places.values()) {
      const emptied = copy(request);
      const values = places.map((place) => valueAt(emptied, place));
      if (!values.every((value) => value !== undefined)) continue;
      for (const { path } of places) put(emptied, path, hollow);
      const key = contentKey(emptied);
      const content = key === undefined ? undefined : this.contents.find(key);
      if (content !== undefined) return values.reduce(mixed, content) >>> 0;
    }
    return undefined;
  }

  /** What the request says in its slots that was matched last, for `saysSame`. */
  said(bytes: Bytes, template: number): SaidInSlots {
    const { trie } = this;
    const { content, said } = this.templates[template]!;
    return {
      content,
      numbers: said.map((slot) => (trie.isExact[slot] === 1 ? trie.values[slot]! : Number.NaN)),
      words: said.map((slot) => bytes.subarray(trie.slotFrom[slot], trie.slotTo[slot])),
    };
  }

  /** Whether the values in the slots are among those with which nothing changes. */
  private fits({ slots, isFine }: RequestTemplate): boolean {
    const { values } = this.trie;
    for (let slot = 0; slot < slots.length; slot += 1) {
      const { kind, parent, key } = slots[slot]!;
      if (kind === 'number') parent[key] = values[slot]!;
      else if (kind === 'name')
        for (let other = 0; other < slot; other += 1)
          if (slots[other]!.kind === 'name' && values[other] === values[slot]) return false;
    }
    return isFine();
  }

  private templateOf(request: JsonObject, slots: readonly Slot[], isFine: () => boolean): RequestTemplate {
    const said = [...slots.keys()]
      .filter((slot) => slots[slot]!.kind !== 'name')
      .toSorted((one, other) => comparePaths(slots[one]!.path, slots[other]!.path));
    const emptied = copy(request);
    const places = said.map((slot) => slots[slot]!);
    for (const { path } of places) put(emptied, path, hollow);
    const key = contentKey(emptied);
    if (places.length > 0) this.places.set(JSON.stringify(places.map(({ path }) => path)), places);
    return { slots, isFine, content: key === undefined ? -1 : this.contents.codeOf(key), said };
  }
}

/** What one request says in its slots. */
export interface SaidInSlots {
  content: number;
  /** NaN where the words decide. */
  numbers: readonly number[];
  words: readonly Bytes[];
}

/** Whether two requests say the same; undefined where that cannot be told without reading them. */
export function saysSame(one: SaidInSlots, other: SaidInSlots): boolean | undefined {
  if (one.content !== other.content) return false;
  let isSure = true;
  for (let slot = 0; slot < one.numbers.length; slot += 1) {
    const [here, there] = [one.numbers[slot]!, other.numbers[slot]!];
    if (here === there) continue;
    if (!Number.isNaN(here) && !Number.isNaN(there)) return false;
    if (!isEqual(one.words[slot]!, other.words[slot]!)) isSure = false;
  }
  return isSure ? true : undefined;
}

function isEqual(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Stands where a slot is; nothing in a text is read as this. */
const hollow = new ExactNumber('#');

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

function mixed(before: number, value: number): number {
  double[0] = value;
  const hash = Math.imul(before ^ words[0]!, 0x9e3779b1) ^ (before >>> 15);
  return Math.imul(hash ^ words[1]!, 0x85ebca6b) ^ (hash >>> 13);
}

/** What the trie would find in a slot there; undefined where it could be none. */
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

function slotsOf(request: JsonObject, { numbers, texts, ids }: RequestVariations): Slot[] {
  const slotAt =
    (kind: Slot['kind']) =>
    (path: Path): Slot => {
      let parent: Json = request;
      for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, Json>)[step]!;
      return { kind, path, parent: parent as Record<string | number, Json>, key: path.at(-1)! };
    };
  return [...numbers.map(slotAt('number')), ...texts.map(slotAt('text')), ...ids.map(slotAt('name'))];
}

/** The tokens of a request, and its slots in the order in which they stand. */
function tokensOf(text: SourceText, slots: readonly Slot[]): { all: Token[]; slots: Slot[] } | undefined {
  const asks: Path[] = [['task'], ...slots.map(({ path }) => path)];
  const spans = locate(
    text.toString(),
    asks.map((path) => ({ path, of: 'value' })),
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
      // A slot takes no escapes, so this very request would not look like its own template.
      if (slot.kind !== 'number' && text.bytes.subarray(from, to).includes(BACKSLASH)) return undefined;
      all.push({ kind: slot.kind });
    }
    at = to;
  }
  all.push({ kind: 'literal', bytes: text.bytes.subarray(at) });
  return { all, slots: spans.flatMap(({ slot }) => slot ?? []) };
}

const BACKSLASH = 0x5c;

/** The order in which `plain` writes what stands there. */
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
