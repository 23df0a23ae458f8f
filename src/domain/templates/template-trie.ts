import { DOT, LARGE_E, MINUS, OPEN_LIST, OPEN_OBJECT, QUOTE, SMALL_E, ZERO } from '#wire/text/char-codes.ts';
import { resized } from '#domain/text/resized.ts';
import { skippedLineEnds, skipValid, viewOf } from '#wire/json/json-bytes.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import { maxDecimals, maxDigits, nearestDouble, tens } from './nearest-double.ts';
import type { Slots } from './slots.ts';
import { TextReader } from '#domain/templates/contents/text-hash.ts';

/** Part of a template: literal bytes, or a slot whose value differs from entry to entry. */
export type Token =
  | { kind: 'literal'; bytes: Bytes }
  /** A task id: digits. */
  | { kind: 'task' }
  /** A JSON number. */
  | { kind: 'number' }
  /** A JSON string in its quotes that isn’t empty. */
  | { kind: 'text' }
  /** A string of letters, digits, `-` and `_`, such as a region id. */
  | { kind: 'name' }
  /** Any JSON value that no rule checks. */
  | { kind: 'any' }
  /** Matches nothing, and records its offset. */
  | { kind: 'mark' }
  /** A part that another matcher reads, such as a list of regions. */
  | { kind: 'part'; part: number };

/** Reads the part that begins at `at`; returns the offset after it, or -1. May add slots. */
export type MatchPart = (part: number, source: Bytes, at: number) => number;

/** Longer entries aren’t learned. */
export const maxEntryBytes = 50_000;

/** Nesting depth of a value that no rule checks: in an annotation of a task in a list. */
const depthOfAny = 4;

/** Alternatives remembered while one path is followed. */
const maxRetries = 64;

/** The trie learns nothing more above this size. */
const maxBytes = 8_000_000;

/** A node’s literal child: none, or one of many, looked up by the next byte. */
const NONE = 0;
const MANY = -1;

const kinds = ['literal', 'task', 'number', 'text', 'name', 'any', 'mark', 'part'] as const;
const LITERAL = 0;
const TASK = 1;
const NUMBER = 2;
const TEXT = 3;
const NAME = 4;
const ANY = 5;
const MARK = 6;

/**
 * The fields of a node, side by side: its kind; of a literal its span in `literals`, of a part its number; the template that ends
 * at it, plus one; its literal child; if there are many, which of `branches` has them by their first byte; its slot child.
 */
const kindAt = 0;
const fromAt = 1;
const toAt = 2;
const templateAt = 3;
const literalAt = 4;
const branchAt = 5;
const slotAt = 6;
const nodeLength = 8;

/**
 * A radix trie of templates in typed arrays. `match` runs once per entry of a large batch, so it allocates nothing and leaves
 * its results in fields.
 */
export class TemplateTrie {
  /**
   * After a match: the offset after the entry, the task id (inexact above 2^53), and its span, empty if the template has none;
   * the offset of the mark, or -1.
   */
  end = 0;
  task = 0;
  taskFrom = 0;
  taskTo = 0;
  mark = -1;
  /** Where matches leave their slots. */
  private readonly slots: Slots;
  private readonly matchPart: MatchPart;
  /** The bytes of all literals. */
  private literals: Bytes = new Uint8Array(4096);
  private literalWords = new DataView(this.literals.buffer);
  private used = 0;
  private readonly texts = new TextReader();
  /** A node is the offset of its fields; 0 is the root. */
  private nodes = new Int32Array(64 * nodeLength);
  private nodesEnd = nodeLength;
  private readonly retryNode = new Uint32Array(maxRetries);
  private readonly retryAt = new Uint32Array(maxRetries);
  private readonly retrySlots = new Uint32Array(maxRetries);
  private readonly retryItems = new Uint32Array(maxRetries);
  private readonly retryLineEnds = new Uint32Array(maxRetries);
  private branches = new Int32Array(256);
  private branchCount = 1;

  /** Matches add to `slots`, which the caller clears. */
  constructor(slots: Slots, matchPart: MatchPart = () => -1) {
    this.slots = slots;
    this.matchPart = matchPart;
  }

  get isFull(): boolean {
    return this.used + this.branches.byteLength > maxBytes;
  }

  /** The template of the entry that begins at `start`, or -1 if none matches. */
  match(source: Bytes, start: number): number {
    const sourceWords = viewOf(source);
    const { literalWords, literals, nodes, branches, slots } = this;
    this.taskFrom = start;
    this.taskTo = start;
    this.mark = -1;
    let at = start;
    let node = 0;
    // Nodes where a literal was followed although a slot might match too.
    let retries = 0;
    for (;;) {
      const template = nodes[node + templateAt]!;
      if (template > 0) {
        this.end = at;
        return template - 1;
      }
      let next = nodes[node + literalAt]!;
      if (next === MANY)
        next = at < source.length ? branches[nodes[node + branchAt]! * 256 + source[at]!]! : NONE;
      if (next !== NONE) {
        const end = nodes[next + toAt]!;
        let place = nodes[next + fromAt]!;
        const shift = at - place;
        if (end + shift > source.length) place = -1;
        else if (end - place >= 8) {
          // Compares eight bytes at once as doubles: they are equal if their bytes are, as UTF-8 has no NaN, and JSON no NUL.
          const last = end - 8;
          while (
            place < last &&
            literalWords.getFloat64(place, true) === sourceWords.getFloat64(place + shift, true)
          )
            place += 8;
          if (
            place >= last &&
            literalWords.getFloat64(last, true) === sourceWords.getFloat64(last + shift, true)
          )
            place = end;
        } else while (place < end && literals[place] === source[place + shift]) place += 1;
        if (place === end) {
          if (nodes[node + slotAt] !== NONE && retries < maxRetries) {
            this.retryNode[retries] = node;
            this.retryAt[retries] = at;
            this.retrySlots[retries] = slots.count;
            this.retryItems[retries] = slots.itemCount;
            this.retryLineEnds[retries] = slots.lineEnds;
            retries += 1;
          }
          at = end + shift;
          node = next;
          continue;
        }
      }
      for (;;) {
        const way = nodes[node + slotAt]!;
        const after = way === NONE ? -1 : this.readSlot(source, at, way);
        if (after >= 0) {
          node = way;
          at = after;
          break;
        }
        if (retries === 0) return -1;
        retries -= 1;
        node = this.retryNode[retries]!;
        at = this.retryAt[retries]!;
        slots.count = this.retrySlots[retries]!;
        slots.itemCount = this.retryItems[retries]!;
        slots.lineEnds = this.retryLineEnds[retries]!;
      }
    }
  }

  /** Reads one slot; returns the offset after it, or -1 if its kind doesn’t match. */
  private readSlot(source: Bytes, at: number, node: number): number {
    switch (this.nodes[node + kindAt]!) {
      case TASK:
        return this.readTask(source, at);
      case NUMBER:
        return this.readNumber(source, at);
      case TEXT:
        return source[at] === QUOTE ? this.readText(source, at) : -1;
      case NAME:
        return source[at] === QUOTE ? this.readName(source, at) : -1;
      case ANY:
        return this.skipAny(source, at);
      case MARK:
        this.mark = at;
        return at;
      default:
        return this.matchPart(this.nodes[node + fromAt]!, source, at);
    }
  }

  /** Adds a template. */
  learn(tokens: readonly Token[], template: number): void {
    let node = 0;
    for (const token of tokens)
      node = token.kind === 'literal' ? this.putLiteral(node, token.bytes) : this.putSlot(node, token);
    // The first one stays: templates may differ in a slot that looks the same.
    if (this.nodes[node + templateAt] === 0) this.nodes[node + templateAt] = template + 1;
  }

  private putLiteral(parent: number, bytes: Bytes): number {
    let node = parent;
    for (let at = 0; at < bytes.length;) {
      const known = this.literalBelow(node, bytes[at]!);
      if (known === NONE) {
        const from = this.remember(bytes.subarray(at));
        return this.addLiteral(node, from, this.used);
      }
      const [from, to] = [this.nodes[known + fromAt]!, this.nodes[known + toAt]!];
      let same = 1;
      while (from + same < to && at + same < bytes.length && this.literals[from + same] === bytes[at + same])
        same += 1;
      at += same;
      if (from + same === to) node = known;
      else node = this.split(node, known, from + same);
    }
    return node;
  }

  private literalBelow(node: number, byte: number): number {
    const { nodes, branches, literals } = this;
    const only = nodes[node + literalAt]!;
    if (only === MANY) return branches[nodes[node + branchAt]! * 256 + byte]!;
    return only !== NONE && literals[nodes[only + fromAt]!] === byte ? only : NONE;
  }

  private addLiteral(parent: number, from: number, to: number): number {
    const added = this.addNode(LITERAL, from, to);
    const { nodes } = this;
    const only = nodes[parent + literalAt]!;
    if (only === NONE) {
      nodes[parent + literalAt] = added;
      return added;
    }
    if (only !== MANY) {
      if ((this.branchCount + 1) * 256 > this.branches.length)
        this.branches = resized(this.branches, this.branches.length * 2);
      nodes[parent + branchAt] = this.branchCount;
      this.branchCount += 1;
      nodes[parent + literalAt] = MANY;
      this.setBranch(parent, only);
    }
    this.setBranch(parent, added);
    return added;
  }

  private setBranch(parent: number, child: number): void {
    const { nodes, branches, literals } = this;
    branches[nodes[parent + branchAt]! * 256 + literals[nodes[child + fromAt]!]!] = child;
  }

  /** Splits a literal at an offset; gives the new node that holds its first bytes. */
  private split(parent: number, node: number, at: number): number {
    const head = this.addNode(LITERAL, this.nodes[node + fromAt]!, at);
    const { nodes } = this;
    if (nodes[parent + literalAt] === MANY) this.setBranch(parent, head);
    else nodes[parent + literalAt] = head;
    nodes[node + fromAt] = at;
    nodes[head + literalAt] = node;
    return head;
  }

  private putSlot(node: number, token: Token): number {
    const known = this.nodes[node + slotAt]!;
    const kind = kinds.indexOf(token.kind);
    const part = token.kind === 'part' ? token.part : 0;
    if (known !== NONE && this.nodes[known + kindAt] === kind && this.nodes[known + fromAt] === part)
      return known;
    const added = this.addNode(kind, part, 0);
    // A node has one slot child: a second kind is added but never matched.
    if (known === NONE) this.nodes[node + slotAt] = added;
    return added;
  }

  private addNode(kind: number, from: number, to: number): number {
    const node = this.nodesEnd;
    if (node === this.nodes.length) this.nodes = resized(this.nodes, node * 2);
    this.nodesEnd += nodeLength;
    this.nodes[node + kindAt] = kind;
    this.nodes[node + fromAt] = from;
    this.nodes[node + toAt] = to;
    return node;
  }

  /** Appends bytes to `literals`; gives their offset. */
  private remember(bytes: Bytes): number {
    while (this.used + bytes.length > this.literals.length)
      this.literals = resized(this.literals, this.literals.length * 2);
    this.literalWords = new DataView(this.literals.buffer);
    const from = this.used;
    this.literals.set(bytes, from);
    this.used += bytes.length;
    return from;
  }

  private readTask(source: Bytes, start: number): number {
    let at = start;
    let id = 0;
    for (; ; at += 1) {
      const digit = source[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    // JSON allows no leading zero.
    if (at === start || (source[start] === ZERO && at > start + 1)) return -1;
    this.task = id;
    this.taskFrom = start;
    this.taskTo = at;
    return at;
  }

  private readNumber(source: Bytes, start: number): number {
    const words = viewOf(source);
    const lastWord = source.length - 4;
    let at = start;
    const isNegative = source[at] === MINUS;
    if (isNegative) at += 1;
    const digitsFrom = at;
    // The first 15 digits, and those after them.
    let digits = 0;
    let rest = 0;
    let count = 0;
    for (; isDigit(source[at]!); at += 1) {
      const digit = source[at]! - ZERO;
      if (count < safeDigits) digits = digits * 10 + digit;
      else rest = rest * 10 + digit;
      if (digits > 0) count += 1;
    }
    if (at === digitsFrom || hasLeadingZero(source, digitsFrom)) return -1;
    let decimals = 0;
    if (source[at] === DOT) {
      at += 1;
      const decimalsFrom = at;
      // Most decimals are long, so four of their digits are read at a time.
      for (; count <= safeDigits - 4 && at <= lastWord; at += 4) {
        const word = words.getInt32(at, true) - 0x3030_3030;
        if (((word | (word + 0x7676_7676)) & 0x8080_8080) !== 0) break;
        const pairs = (word & 0x000f_000f) * 10 + ((word >>> 8) & 0x000f_000f);
        digits = digits * 10_000 + (pairs & 0xff) * 100 + (pairs >>> 16);
        count += 4;
      }
      for (; isDigit(source[at]!); at += 1) {
        const digit = source[at]! - ZERO;
        if (count < safeDigits) digits = digits * 10 + digit;
        else rest = rest * 10 + digit;
        count += 1;
      }
      decimals = at - decimalsFrom;
      if (decimals === 0) return -1;
    }
    if (source[at] === SMALL_E || source[at] === LARGE_E || count > maxDigits || decimals > maxDecimals)
      return -1;
    const isExact = count <= safeDigits;
    const value = isExact
      ? digits / tens[decimals]!
      : nearestDouble(digits, rest, count - safeDigits, decimals);
    if (Number.isNaN(value)) return -1;
    const { slots } = this;
    const slot = slots.add(start, at);
    slots.values[slot] = isNegative ? 0 - value : value;
    slots.isExact[slot] = isExact ? 1 : 0;
    return at;
  }

  private skipAny(source: Bytes, start: number): number {
    const end = skipValid(source, start, depthOfAny);
    const isNested = source[start] === OPEN_OBJECT || source[start] === OPEN_LIST;
    if (isNested) this.slots.lineEnds += skippedLineEnds();
    return end;
  }

  private readText(source: Bytes, start: number): number {
    const end = this.texts.read(source, start);
    return end <= start + 2 ? -1 : this.addText(start, end, this.texts.hash);
  }

  private readName(source: Bytes, start: number): number {
    let hash = 0;
    let at = start + 1;
    for (; ; at += 1) {
      const byte = source[at]!;
      if (byte === QUOTE) break;
      if (!isNameByte(byte)) return -1;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return at === start + 1 ? -1 : this.addText(start, at + 1, hash);
  }

  private addText(from: number, to: number, hash: number): number {
    const { slots } = this;
    const slot = slots.add(from, to);
    slots.values[slot] = hash;
    slots.isExact[slot] = 0;
    return to;
  }
}

function isNameByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) || (byte >= ZERO && byte <= 0x39) || byte === MINUS || byte === 0x5f
  );
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 0x39;

function hasLeadingZero(source: Bytes, from: number): boolean {
  const next = source[from + 1]!;
  return source[from] === ZERO && next >= ZERO && next <= 0x39;
}

/** With so many digits, an integer and a power of ten are exact doubles, so their quotient is correctly rounded. */
const safeDigits = 15;
