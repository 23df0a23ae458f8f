import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import { KeyCodes } from '#domain/requests/dictionary.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { contentKey } from '#domain/requests/contents.ts';
import { namesOneTask } from '#domain/requests/entries.ts';
import { locate } from '#domain/text/locate.ts';
import type { Path } from '#domain/problems/problem.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import { variationsOf, type RequestVariations } from './variations.ts';
import type { Looks } from './entry-matcher.ts';
import { FrameTrie, hashOfText, longestRemembered, mostHoles, type Token } from './template-trie.ts';

/** What is known of the requests of one frame, besides what they look like. */
interface RequestFrame {
  /** The places in its first request where those of others differ; numbers are put there to see whether they fit. */
  holes: readonly Hole[];
  /** Whether it is judged as before with the numbers that stand in the holes now. */
  isFine: () => boolean;
  /** What it says, but for what stands in the holes; the same for frames that only look different, and -1 for one that is alone. */
  content: number;
  /** The holes whose words are a part of what is said, in an order that does not hang on how it is written. */
  said: readonly number[];
}

/** Where a hole is in a request. */
interface Place {
  kind: 'number' | 'text' | 'name';
  path: Path;
}

interface Hole extends Place {
  /** Where the number of a request is put: in `parent[key]`. */
  parent: Record<string | number, Json>;
  key: string | number;
}

/**
 * Knows requests by those that were read before: what looks the same but for its task, for numbers that fit and for free
 * words, is judged the same (a frame). So of a large batch few requests are ever read as JSON.
 */
export class RequestFrames implements Looks {
  /** Numbers are put into it, to see whether they fit. */
  readonly leavesAlone = false;
  private readonly configOf: ConfigOf | undefined;
  private readonly trie = new FrameTrie();
  /** By frame. */
  private readonly frames: (RequestFrame | undefined)[] = [];
  private readonly contents = new KeyCodes();
  /** Where the frames that are known have holes that say something: few different sets of places. */
  private readonly places = new Map<string, readonly Place[]>();

  constructor(configOf: ConfigOf | undefined) {
    this.configOf = configOf;
  }

  /** The frame of the request at `at`, or -1 where it must be read. */
  match(bytes: Bytes, at: number): number {
    const frame = this.trie.match(bytes, at);
    if (frame < 0) return -1;
    const known = this.frames[frame];
    return known !== undefined && known.holes.length > 0 && !this.fits(known) ? -1 : frame;
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
  learn(text: SourceText, request: Json, frame: number): boolean {
    if (text.bytes.length > longestRemembered || this.trie.isFull) return false;
    if (!isJsonObject(request) || !namesOneTask(request) || typeof request['task'] === 'string') return false;
    const variations = variationsOf(request, this.configOf);
    const holes = holesOf(request, variations);
    if (holes.length > mostHoles) return false;
    const tokens = tokensOf(text, holes);
    if (tokens === undefined) return false;
    this.trie.learn(tokens.all, frame);
    this.frames[frame] = this.frameOf(request, tokens.holes, variations.isFine);
    return true;
  }

  /** A number for what is said besides the words in the holes; undefined where it shares a call with nothing. */
  contentOf(frame: number): number | undefined {
    const { content } = this.frames[frame]!;
    return content < 0 ? undefined : content;
  }

  hasHoles(frame: number): boolean {
    return this.frames[frame]!.said.length > 0;
  }

  /** A hash of what the request says that was matched last; undefined where its holes say nothing. */
  hashOfSaid(frame: number): number | undefined {
    const { content, said } = this.frames[frame]!;
    if (said.length === 0) return undefined;
    const { values } = this.trie;
    let hash = content;
    for (const hole of said) hash = mixed(hash, values[hole]!);
    return hash >>> 0;
  }

  /** The same hash of a request that was read: undefined where no frame has its holes where this has numbers and words. */
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

  /** What the request says in its holes that was matched last, for `saysSame`. */
  said(bytes: Bytes, frame: number): SaidInHoles {
    const { trie } = this;
    const { content, said } = this.frames[frame]!;
    return {
      content,
      numbers: said.map((hole) => (trie.isExact[hole] === 1 ? trie.values[hole]! : Number.NaN)),
      words: said.map((hole) => bytes.subarray(trie.holeFrom[hole], trie.holeTo[hole])),
    };
  }

  /** Whether the values in the holes are among those with which nothing changes. */
  private fits({ holes, isFine }: RequestFrame): boolean {
    const { values } = this.trie;
    for (let hole = 0; hole < holes.length; hole += 1) {
      const { kind, parent, key } = holes[hole]!;
      if (kind === 'number') parent[key] = values[hole]!;
      else if (kind === 'name')
        for (let other = 0; other < hole; other += 1)
          if (holes[other]!.kind === 'name' && values[other] === values[hole]) return false;
    }
    return isFine();
  }

  private frameOf(request: JsonObject, holes: readonly Hole[], isFine: () => boolean): RequestFrame {
    const said = [...holes.keys()]
      .filter((hole) => holes[hole]!.kind !== 'name')
      .toSorted((one, other) => comparePaths(holes[one]!.path, holes[other]!.path));
    const emptied = copy(request);
    const places = said.map((hole) => holes[hole]!);
    for (const { path } of places) put(emptied, path, hollow);
    const key = contentKey(emptied);
    if (places.length > 0) this.places.set(JSON.stringify(places.map(({ path }) => path)), places);
    return { holes, isFine, content: key === undefined ? -1 : this.contents.codeOf(key), said };
  }
}

/** What one request says in its holes. */
export interface SaidInHoles {
  content: number;
  /** NaN where the words decide. */
  numbers: readonly number[];
  words: readonly Bytes[];
}

/** Whether two requests say the same; undefined where that cannot be told without reading them. */
export function saysSame(one: SaidInHoles, other: SaidInHoles): boolean | undefined {
  if (one.content !== other.content) return false;
  let isSure = true;
  for (let hole = 0; hole < one.numbers.length; hole += 1) {
    const [here, there] = [one.numbers[hole]!, other.numbers[hole]!];
    if (here === there) continue;
    if (!Number.isNaN(here) && !Number.isNaN(there)) return false;
    if (!isEqual(one.words[hole]!, other.words[hole]!)) isSure = false;
  }
  return isSure ? true : undefined;
}

function isEqual(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Stands where a hole is; nothing in a text is read as this. */
const hollow = new ExactNumber('#');

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

function mixed(before: number, value: number): number {
  double[0] = value;
  const hash = Math.imul(before ^ words[0]!, 0x9e3779b1) ^ (before >>> 15);
  return Math.imul(hash ^ words[1]!, 0x85ebca6b) ^ (hash >>> 13);
}

/** What the trie would find in a hole there; undefined where it could be none. */
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

function holesOf(request: JsonObject, { numbers, texts, ids }: RequestVariations): Hole[] {
  const holeAt =
    (kind: Hole['kind']) =>
    (path: Path): Hole => {
      let parent: Json = request;
      for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, Json>)[step]!;
      return { kind, path, parent: parent as Record<string | number, Json>, key: path.at(-1)! };
    };
  return [...numbers.map(holeAt('number')), ...texts.map(holeAt('text')), ...ids.map(holeAt('name'))];
}

/** The tokens of a request, and its holes in the order in which they stand. */
function tokensOf(text: SourceText, holes: readonly Hole[]): { all: Token[]; holes: Hole[] } | undefined {
  const asks: Path[] = [['task'], ...holes.map(({ path }) => path)];
  const spans = locate(
    text.toString(),
    asks.map((path) => ({ path, of: 'value' })),
  ).map(({ from, to }, index) => ({
    from: text.offsetOf(from),
    to: text.offsetOf(to),
    hole: holes[index - 1],
  }));
  spans.sort((one, other) => one.from - other.from);
  const all: Token[] = [];
  let at = 0;
  for (const { from, to, hole } of spans) {
    all.push({ kind: 'literal', bytes: text.bytes.subarray(at, from) });
    if (hole === undefined) all.push({ kind: 'task' });
    else {
      // A hole takes no escapes, so this very request would not look like its own frame.
      if (hole.kind !== 'number' && text.bytes.subarray(from, to).includes(BACKSLASH)) return undefined;
      all.push({ kind: hole.kind });
    }
    at = to;
  }
  all.push({ kind: 'literal', bytes: text.bytes.subarray(at) });
  return { all, holes: spans.flatMap(({ hole }) => hole ?? []) };
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
