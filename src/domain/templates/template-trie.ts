import { BACKSLASH, DOT, LARGE_E, MINUS, QUOTE, SMALL_E, ZERO } from '#wire/char-codes.ts';
import { areDigits, digitsIn, numberOf } from '#domain/text/digits.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** Part of a template: literal bytes, or a slot whose value differs from entry to entry. */
export type Token =
  | { kind: 'literal'; bytes: Bytes }
  /** A task id: digits. */
  | { kind: 'task' }
  /** A JSON number. */
  | { kind: 'number' }
  /** A JSON string in its quotes, not empty and without escapes. */
  | { kind: 'text' }
  /** A string of letters, digits, `-` and `_`, such as a region id. */
  | { kind: 'name' };

/** Longer entries are not learnt. */
export const maxEntryBytes = 50_000;

/** Entries with more slots, besides their task, are not learnt. */
export const maxSlots = 256;

/** Alternatives remembered while one path is followed. */
const maxRetries = 64;

/** The trie learns nothing more above this size. */
const maxBytes = 8_000_000;

/** A node’s literal child: none, or one of many, looked up by the next byte. */
const NONE = 0;
const MANY = -1;

const kinds = ['literal', 'task', 'number', 'text', 'name'] as const;
const TASK = 1;
const NUMBER = 2;
const NAME = 4;

/**
 * A radix trie of templates in typed arrays. `match` runs once per entry of a large batch, so it allocates nothing and leaves
 * its results in fields.
 */
export class TemplateTrie {
  /** After a match: the offset behind the entry, the task id (inexact above 2^53), and the offset of the id. */
  end = 0;
  task = 0;
  taskFrom = 0;
  /** After a match, for each slot: its span, and its number or the hash of its text. */
  readonly slotFrom = new Uint32Array(maxSlots);
  readonly slotTo = new Uint32Array(maxSlots);
  readonly values = new Float64Array(maxSlots);
  /** Whether the number was read exactly; numbers of more than 15 digits may not be. */
  readonly isExact = new Uint8Array(maxSlots);
  /** The bytes of all literals. */
  private literals: Bytes = new Uint8Array(4096);
  private literalWords = new DataView(this.literals.buffer);
  private used = 0;
  /** The source matched last, and a view of it. */
  private source: Bytes | undefined;
  private sourceWords = new DataView(new ArrayBuffer(0));
  /** By node (0 is the root): its kind, and for a literal its span in `literals`. */
  private kind = new Uint8Array(64);
  private from = new Uint32Array(64);
  private to = new Uint32Array(64);
  /** The template that ends at the node, plus one. */
  private template = new Int32Array(64);
  /** The literal child; if there are many, `branches` has them by their first byte. */
  private literal = new Int32Array(64);
  private branch = new Int32Array(64);
  private slot = new Int32Array(64);
  private nodes = 1;
  private readonly retryNode = new Uint32Array(maxRetries);
  private readonly retryAt = new Uint32Array(maxRetries);
  private readonly retrySlots = new Uint32Array(maxRetries);
  private branches = new Int32Array(256);
  private branchCount = 1;

  get isFull(): boolean {
    return this.used + this.branches.byteLength > maxBytes;
  }

  /** The template of the entry that begins at `start`, or -1 if none matches. */
  match(source: Bytes, start: number): number {
    if (this.source !== source) this.setSource(source);
    const { sourceWords } = this;
    const { literals, literalWords, literal, branch, branches, from, to, template, slot, kind } = this;
    let at = start;
    let slots = 0;
    let node = 0;
    // Nodes where a literal was followed although a slot might match too.
    let retries = 0;
    for (;;) {
      if (template[node]! > 0) {
        this.end = at;
        return template[node]! - 1;
      }
      let next = literal[node]!;
      if (next === MANY) next = at < source.length ? branches[branch[node]! * 256 + source[at]!]! : NONE;
      if (next !== NONE) {
        const end = to[next]!;
        let place = from[next]!;
        const shift = at - place;
        // Compares eight bytes at once as doubles: equal doubles have equal bytes, as no literal contains a NUL (0 or -0).
        const lastWords = Math.min(end, source.length - shift) - 8;
        while (
          place <= lastWords &&
          literalWords.getFloat64(place, true) === sourceWords.getFloat64(place + shift, true)
        )
          place += 8;
        while (place < end && literals[place] === source[place + shift]) place += 1;
        if (place === end) {
          if (slot[node] !== NONE && retries < maxRetries) {
            this.retryNode[retries] = node;
            this.retryAt[retries] = at;
            this.retrySlots[retries] = slots;
            retries += 1;
          }
          at = end + shift;
          node = next;
          continue;
        }
      }
      for (;;) {
        const way = slot[node]!;
        const after = way === NONE ? -1 : this.readSlot(source, at, way, slots);
        if (after >= 0) {
          node = way;
          if (kind[node] !== TASK) slots += 1;
          at = after;
          break;
        }
        if (retries === 0) return -1;
        retries -= 1;
        node = this.retryNode[retries]!;
        at = this.retryAt[retries]!;
        slots = this.retrySlots[retries]!;
      }
    }
  }

  /** Reads one slot; gives the offset behind it, or -1 if its kind doesn’t match. */
  private readSlot(source: Bytes, at: number, slot: number, index: number): number {
    const kind = this.kind[slot];
    if (kind === TASK) return this.readTask(source, at);
    const end =
      kind === NUMBER ? this.readNumber(source, at, index) : this.readText(source, at, index, kind === NAME);
    if (end >= 0) {
      this.slotFrom[index] = at;
      this.slotTo[index] = end;
    }
    return end;
  }

  private setSource(source: Bytes): void {
    this.source = source;
    this.sourceWords = new DataView(source.buffer, source.byteOffset, source.length);
  }

  /** Adds a template. */
  learn(tokens: readonly Token[], template: number): void {
    let node = 0;
    for (const token of tokens)
      node = token.kind === 'literal' ? this.putLiteral(node, token.bytes) : this.putSlot(node, token.kind);
    this.template[node] = template + 1;
  }

  private putLiteral(parent: number, bytes: Bytes): number {
    let node = parent;
    for (let at = 0; at < bytes.length;) {
      const known = this.literalBelow(node, bytes[at]!);
      if (known === NONE) {
        const from = this.remember(bytes.subarray(at));
        return this.addLiteral(node, from, this.used);
      }
      const [from, to] = [this.from[known]!, this.to[known]!];
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
    const only = this.literal[node]!;
    if (only === MANY) return this.branches[this.branch[node]! * 256 + byte]!;
    return only !== NONE && this.literals[this.from[only]!] === byte ? only : NONE;
  }

  private addLiteral(parent: number, from: number, to: number): number {
    const added = this.addNode('literal', from, to);
    const only = this.literal[parent]!;
    if (only === NONE) {
      this.literal[parent] = added;
      return added;
    }
    if (only !== MANY) {
      if ((this.branchCount + 1) * 256 > this.branches.length)
        this.branches = resized(this.branches, this.branches.length * 2);
      this.branch[parent] = this.branchCount;
      this.branchCount += 1;
      this.literal[parent] = MANY;
      this.setBranch(parent, only);
    }
    this.setBranch(parent, added);
    return added;
  }

  private setBranch(parent: number, child: number): void {
    this.branches[this.branch[parent]! * 256 + this.literals[this.from[child]!]!] = child;
  }

  /** Splits a literal at an offset; gives the new node that holds its first bytes. */
  private split(parent: number, node: number, at: number): number {
    const head = this.addNode('literal', this.from[node]!, at);
    if (this.literal[parent] === MANY) this.setBranch(parent, head);
    else this.literal[parent] = head;
    this.from[node] = at;
    this.literal[head] = node;
    return head;
  }

  private putSlot(node: number, kind: Token['kind']): number {
    const known = this.slot[node]!;
    if (known !== NONE && kinds[this.kind[known]!] === kind) return known;
    const added = this.addNode(kind, 0, 0);
    // A node has one slot child: a second kind is added but never matched.
    if (known === NONE) this.slot[node] = added;
    return added;
  }

  private addNode(kind: Token['kind'], from: number, to: number): number {
    const node = this.nodes;
    this.nodes += 1;
    if (node === this.kind.length) {
      this.kind = resized(this.kind, this.kind.length * 2);
      this.from = resized(this.from, this.from.length * 2);
      this.to = resized(this.to, this.to.length * 2);
      this.template = resized(this.template, this.template.length * 2);
      this.literal = resized(this.literal, this.literal.length * 2);
      this.branch = resized(this.branch, this.branch.length * 2);
      this.slot = resized(this.slot, this.slot.length * 2);
    }
    this.kind[node] = kinds.indexOf(kind);
    this.from[node] = from;
    this.to[node] = to;
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

  /** Reads eight digits at a time. `RowCache` has the same loop: a shared call cost 10 % of the whole check. */
  private readTask(source: Bytes, start: number): number {
    const { sourceWords } = this;
    let at = start;
    let id = 0;
    for (const last = source.length - 8; at <= last; at += 8) {
      const high = digitsIn(sourceWords.getInt32(at, true));
      if (!areDigits(high)) break;
      const low = digitsIn(sourceWords.getInt32(at + 4, true));
      if (!areDigits(low)) {
        id = id * 10_000 + numberOf(high);
        at += 4;
        break;
      }
      id = id * 100_000_000 + (numberOf(high) * 10_000 + numberOf(low));
    }
    for (; ; at += 1) {
      const digit = source[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      id = id * 10 + digit;
    }
    // JSON allows no leading zero.
    if (at === start || (source[start] === ZERO && at > start + 1)) return -1;
    this.task = id;
    this.taskFrom = start;
    return at;
  }

  private readNumber(source: Bytes, start: number, slot: number): number {
    let at = start;
    const isNegative = source[at] === MINUS;
    if (isNegative) at += 1;
    const digitsFrom = at;
    let digits = 0;
    for (; ; at += 1) {
      const digit = source[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      digits = digits * 10 + digit;
    }
    if (at === digitsFrom || (source[digitsFrom] === ZERO && at > digitsFrom + 1)) return -1;
    let decimals = 0;
    if (source[at] === DOT) {
      const dot = at;
      for (at += 1; ; at += 1) {
        const digit = source[at]! - ZERO;
        if (!(digit >= 0 && digit <= 9)) break;
        digits = digits * 10 + digit;
      }
      decimals = at - dot - 1;
      if (decimals === 0) return -1;
    }
    if (source[at] === SMALL_E || source[at] === LARGE_E) return -1;
    const isExact = at - digitsFrom <= safeDigits;
    this.isExact[slot] = Number(isExact);
    if (isExact) this.values[slot] = (isNegative ? -digits : digits) / tens[decimals]!;
    else this.values[slot] = Number(decoder.decode(source.subarray(start, at)));
    return at;
  }

  private readText(source: Bytes, start: number, slot: number, isName: boolean): number {
    if (source[start] !== QUOTE) return -1;
    let hash = 0;
    let at = start + 1;
    for (; ; at += 1) {
      const byte = source[at]!;
      if (byte === QUOTE) break;
      if (!(byte >= 0x20) || byte === BACKSLASH || (isName && !isNameByte(byte))) return -1;
      hash = Math.imul(hash ^ byte, hashStep);
    }
    if (at === start + 1) return -1;
    this.values[slot] = hash;
    this.isExact[slot] = 0;
    return at + 1;
  }
}

function isNameByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) || (byte >= ZERO && byte <= 0x39) || byte === MINUS || byte === 0x5f
  );
}

const encoder = new TextEncoder();

/** The hash of a text, as `match` leaves it in `values`. */
export function hashOfText(text: string): number {
  let hash = 0;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, hashStep);
  return hash;
}

const hashStep = 0x01000193;

/** With so many digits, an integer and a power of ten are exact doubles, so their quotient is correctly rounded. */
const safeDigits = 15;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const tens = Array.from({ length: safeDigits + 1 }, (_, power) => 10 ** power);
