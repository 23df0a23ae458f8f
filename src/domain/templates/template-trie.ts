import { areDigits, digitsIn, numberOf } from '#domain/text/digits.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/**
 * What entries look like that were read before: bytes that stand there to the letter, and between them slots, where each
 * has its own. An entry that looks like one of these need not be read again, and is known in one pass over its bytes.
 */
export type Token =
  | { kind: 'literal'; bytes: Bytes }
  /** The id of a task: digits. */
  | { kind: 'task' }
  /** A number of JSON. */
  | { kind: 'number' }
  /** A text of JSON in its quotes, not empty and without escapes. */
  | { kind: 'text' }
  /** A text of letters, digits, `-` and `_` alone, as ids are. */
  | { kind: 'name' };

/** In bytes; longer entries are not remembered. */
export const longestRemembered = 50_000;

/** Slots besides that of the task; what has more of them is not remembered. */
export const maxSlots = 256;

/** As many other ways are kept in mind while one is followed. */
const maxWays = 64;

/** Above so many bytes of literals nothing more is remembered. */
const maxBytes = 8_000_000;

/** Where a trie goes on from a node: in one way, or in one of several by the next byte. */
const nowhere = 0;
const several = -1;

const kinds = ['literal', 'task', 'number', 'text', 'name'] as const;
const TASK = 1;
const NUMBER = 2;
const NAME = 4;

/**
 * A radix trie over these, in typed arrays: `match` is called for each of a million entries. For the same reason it leaves what
 * it found in the slots behind, rather than giving it back.
 */
export class TemplateTrie {
  /** After a match: the offset behind the entry, and the task's id, above 2^53 only about right, with its place. */
  end = 0;
  task = 0;
  taskFrom = 0;
  /** After a match, for each slot in turn: where it stands, and the number, or a hash of the text. */
  readonly slotFrom = new Uint32Array(maxSlots);
  readonly slotTo = new Uint32Array(maxSlots);
  readonly values = new Float64Array(maxSlots);
  /** Whether equal numbers are written as the same decimal: with too many digits they need not be. */
  readonly isExact = new Uint8Array(maxSlots);
  /** The bytes of all literals. */
  private memory: Bytes = new Uint8Array(4096);
  private memoryWords = new DataView(this.memory.buffer);
  private used = 0;
  /** The source that was read last, and its bytes four at a time. */
  private source: Bytes | undefined;
  private sourceWords = new DataView(new ArrayBuffer(0));
  /** By node; the first one is the root. What stands there, and for a literal where in the memory. */
  private kind = new Uint8Array(64);
  private from = new Uint32Array(64);
  private to = new Uint32Array(64);
  /** The template that ends there, plus one. */
  private template = new Int32Array(64);
  /** The literal behind it; where there are several, by their first bytes in `branches`. */
  private literal = new Int32Array(64);
  private branch = new Int32Array(64);
  private slot = new Int32Array(64);
  private nodes = 1;
  private readonly wayNode = new Uint32Array(maxWays);
  private readonly wayAt = new Uint32Array(maxWays);
  private readonly waySlots = new Uint32Array(maxWays);
  private branches = new Int32Array(256);
  private branchCount = 1;

  get isFull(): boolean {
    return this.used + this.branches.byteLength > maxBytes;
  }

  /** The template of the entry that begins at `start`, or -1 where it looks like none that is known. */
  match(source: Bytes, start: number): number {
    if (this.source !== source) this.take(source);
    const { sourceWords } = this;
    const { memory, memoryWords, literal, branch, branches, from, to, template, slot, kind } = this;
    let at = start;
    let slots = 0;
    let node = 0;
    // Where a literal was followed beside a slot: should it lead nowhere, the slot may.
    let ways = 0;
    for (;;) {
      if (template[node]! > 0) {
        this.end = at;
        return template[node]! - 1;
      }
      let next = literal[node]!;
      if (next === several)
        next = at < source.length ? branches[branch[node]! * 256 + source[at]!]! : nowhere;
      if (next !== nowhere) {
        const end = to[next]!;
        let place = from[next]!;
        const shift = at - place;
        // Eight bytes at once, as long as the source has as many: as doubles they are the same only where they are the same
        // bytes, for no literal has a NUL, and so none is 0 or -0.
        const lastWords = Math.min(end, source.length - shift) - 8;
        while (
          place <= lastWords &&
          memoryWords.getFloat64(place, true) === sourceWords.getFloat64(place + shift, true)
        )
          place += 8;
        while (place < end && memory[place] === source[place + shift]) place += 1;
        if (place === end) {
          if (slot[node] !== nowhere && ways < maxWays) {
            this.wayNode[ways] = node;
            this.wayAt[ways] = at;
            this.waySlots[ways] = slots;
            ways += 1;
          }
          at = end + shift;
          node = next;
          continue;
        }
      }
      for (;;) {
        const way = slot[node]!;
        const after = way === nowhere ? -1 : this.slotAt(source, at, way, slots);
        if (after >= 0) {
          node = way;
          if (kind[node] !== TASK) slots += 1;
          at = after;
          break;
        }
        if (ways === 0) return -1;
        ways -= 1;
        node = this.wayNode[ways]!;
        at = this.wayAt[ways]!;
        slots = this.waySlots[ways]!;
      }
    }
  }

  /** Gives the offset behind what stands in a slot; -1 where nothing does that belongs there. */
  private slotAt(source: Bytes, at: number, slot: number, index: number): number {
    const kind = this.kind[slot];
    if (kind === TASK) return this.taskAt(source, at);
    const end =
      kind === NUMBER ? this.numberAt(source, at, index) : this.textAt(source, at, index, kind === NAME);
    if (end >= 0) {
      this.slotFrom[index] = at;
      this.slotTo[index] = end;
    }
    return end;
  }

  private take(source: Bytes): void {
    this.source = source;
    this.sourceWords = new DataView(source.buffer, source.byteOffset, source.length);
  }

  /** From now on what looks so is of this template. */
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
      if (known === nowhere) {
        const from = this.remember(bytes.subarray(at));
        return this.addLiteral(node, from, this.used);
      }
      const [from, to] = [this.from[known]!, this.to[known]!];
      let same = 1;
      while (from + same < to && at + same < bytes.length && this.memory[from + same] === bytes[at + same])
        same += 1;
      at += same;
      if (from + same === to) node = known;
      else node = this.split(node, known, from + same);
    }
    return node;
  }

  private literalBelow(node: number, byte: number): number {
    const only = this.literal[node]!;
    if (only === several) return this.branches[this.branch[node]! * 256 + byte]!;
    return only !== nowhere && this.memory[this.from[only]!] === byte ? only : nowhere;
  }

  private addLiteral(parent: number, from: number, to: number): number {
    const added = this.addNode('literal', from, to);
    const only = this.literal[parent]!;
    if (only === nowhere) {
      this.literal[parent] = added;
      return added;
    }
    if (only !== several) {
      if ((this.branchCount + 1) * 256 > this.branches.length)
        this.branches = resized(this.branches, this.branches.length * 2);
      this.branch[parent] = this.branchCount;
      this.branchCount += 1;
      this.literal[parent] = several;
      this.setBranch(parent, only);
    }
    this.setBranch(parent, added);
    return added;
  }

  private setBranch(parent: number, child: number): void {
    this.branches[this.branch[parent]! * 256 + this.memory[this.from[child]!]!] = child;
  }

  /** Puts a node before a literal that takes over its first bytes. */
  private split(parent: number, node: number, at: number): number {
    const head = this.addNode('literal', this.from[node]!, at);
    if (this.literal[parent] === several) this.setBranch(parent, head);
    else this.literal[parent] = head;
    this.from[node] = at;
    this.literal[head] = node;
    return head;
  }

  private putSlot(node: number, kind: Token['kind']): number {
    const known = this.slot[node]!;
    if (known !== nowhere && kinds[this.kind[known]!] === kind) return known;
    const added = this.addNode(kind, 0, 0);
    // Where two kinds of slots would stand, the first one stays the only way that leads on.
    if (known === nowhere) this.slot[node] = added;
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

  /** Gives where it begins in the memory. */
  private remember(bytes: Bytes): number {
    while (this.used + bytes.length > this.memory.length)
      this.memory = resized(this.memory, this.memory.length * 2);
    this.memoryWords = new DataView(this.memory.buffer);
    const from = this.used;
    this.memory.set(bytes, from);
    this.used += bytes.length;
    return from;
  }

  /** Eight digits at a time, as `RowMemory` does: a call that both would share was measured to cost a tenth of all. */
  private taskAt(source: Bytes, start: number): number {
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
    // With a zero before it, it would be read otherwise.
    if (at === start || (source[start] === ZERO && at > start + 1)) return -1;
    this.task = id;
    this.taskFrom = start;
    return at;
  }

  private numberAt(source: Bytes, start: number, slot: number): number {
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

  private textAt(source: Bytes, start: number, slot: number, isName: boolean): number {
    if (source[start] !== QUOTE) return -1;
    let hash = 0;
    let at = start + 1;
    for (; ; at += 1) {
      const byte = source[at]!;
      if (byte === QUOTE) break;
      if (!(byte >= 0x20) || byte === BACKSLASH || (isName && !isOfName(byte))) return -1;
      hash = Math.imul(hash ^ byte, hashStep);
    }
    if (at === start + 1) return -1;
    this.values[slot] = hash;
    this.isExact[slot] = 0;
    return at + 1;
  }
}

function isOfName(byte: number): boolean {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) || (byte >= ZERO && byte <= 0x39) || byte === MINUS || byte === 0x5f
  );
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const LARGE_E = 0x45;
const BACKSLASH = 0x5c;
const SMALL_E = 0x65;

const encoder = new TextEncoder();

/** The hash that is found in a slot with this text. */
export function hashOfText(text: string): number {
  let hash = 0;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, hashStep);
  return hash;
}

const hashStep = 0x01000193;

/** Up to here a whole number and a power of ten are exact doubles, and so their quotient is the nearest one. */
const safeDigits = 15;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const tens = Array.from({ length: safeDigits + 1 }, (_, power) => 10 ** power);
