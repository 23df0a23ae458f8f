import { CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from '#wire/text/char-codes.ts';
import { skipSpace, skipValid } from '#wire/json/json-bytes.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import type { VariableList } from '#config/check/region-variations.ts';
import type { LabelUse } from '#domain/requests/entries.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import { stepHash, textLeaf } from '#domain/templates/contents/content-hash.ts';
import type { Slots } from './slots.ts';
import { hashOfText, TextReader } from '#domain/templates/contents/text-hash.ts';
import { TemplateTrie } from './template-trie.ts';

/** A label of one control: a text, or a path of texts. */
interface Label extends LabelUse {
  /** The code of its content: labels in different notations share it. */
  code: number;
  /** Hashes of its texts; one unless the label is a path. */
  texts: readonly number[];
  isPath: boolean;
  isKnown: boolean;
}

/** Wrong labels with separate templates; entries with other wrong labels share one. */
const maxWrong = 500;

/** Represents any further wrong label. */
const anyWrong = -1;
const unknown = -2;

/** Maximum number of learned labels per list; distinct labels of a list never exceed it. */
export const maxLabels = 20_000;

/** The labels seen in one list of the config, such as the choices of one control. */
class LabelList {
  readonly mayHaveSeveral: boolean;
  /** The end of the last match; for further wrong labels, the hash of the text. */
  end = 0;
  hash = 0;
  wrong = 0;
  readonly labels: Label[] = [];
  private readonly known: VariableList['labels'];
  /** Hashes of the known labels. */
  private readonly hashes: ReadonlySet<number>;
  private readonly trie: TemplateTrie;
  private readonly texts = new TextReader();
  private readonly codes = new Map<string, number>();
  private readonly control: string;

  constructor({ labels, mayHaveSeveral, control }: VariableList, slots: Slots) {
    this.control = control;
    this.known = labels;
    this.mayHaveSeveral = mayHaveSeveral;
    this.hashes = new Set(Array.from(labels ?? [], hashOfText));
    this.trie = new TemplateTrie(slots);
  }

  /** The label at an offset, `anyWrong` or `unknown`. Sets `end` to the offset after it. */
  match(source: Bytes, at: number): number {
    const label = this.trie.match(source, at);
    if (label >= 0) {
      this.end = this.trie.end;
      return label;
    }
    if (this.wrong < maxWrong || this.known === undefined || source[at] !== QUOTE) return unknown;
    this.end = this.texts.read(source, at);
    this.hash = this.texts.hash;
    // A known label may be in an unknown notation.
    return this.end < 0 || this.hashes.has(this.hash) ? unknown : anyWrong;
  }

  /** Learns a label, unless this notation is known. */
  learn(written: Bytes, value: Json): void {
    if (this.labels.length === maxLabels || this.trie.isFull || this.trie.match(written, 0) >= 0) return;
    const isKnown = this.known === undefined || this.known.has(value as string);
    if (!isKnown && this.wrong === maxWrong) return;
    if (!isKnown) this.wrong += 1;
    const texts = (Array.isArray(value) ? value : [value]) as string[];
    const key = writeJson(value);
    const code = this.codes.get(key) ?? this.codes.size;
    this.codes.set(key, code);
    this.trie.learn([{ kind: 'literal', bytes: written }], this.labels.length);
    this.labels.push({
      code,
      texts: texts.map(hashOfText),
      isPath: Array.isArray(value),
      isKnown,
      control: this.control,
      label: texts[0]!,
      uses: 0,
      entry: 0,
    });
  }
}

/**
 * Lists of labels. Each label is checked separately, so a list of distinct labels has the problems of its wrong ones.
 */
export class LabelLists {
  private readonly lists: LabelList[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly slots: Slots;

  constructor(slots: Slots) {
    this.slots = slots;
  }

  numberOf(list: VariableList): number {
    const known = this.numbers.get(list.key);
    if (known !== undefined) return known;
    this.lists.push(new LabelList(list, this.slots));
    this.numbers.set(list.key, this.lists.length - 1);
    return this.lists.length - 1;
  }

  /** Reads the list at an offset into a slot with its items; returns the offset after it, or -1. */
  match(number: number, source: Bytes, start: number): number {
    if (source[start] !== OPEN_LIST) return -1;
    const list = this.lists[number]!;
    const { slots } = this;
    const first = slots.itemCount;
    let at = slots.skipSpace(source, start + 1);
    for (;;) {
      const label = list.match(source, at);
      if (label === unknown) return -1;
      slots.addItem(label + 1, list.hash);
      at = slots.skipSpace(source, list.end);
      if (source[at] === CLOSE_LIST) break;
      if (source[at] !== COMMA) return -1;
      at = slots.skipSpace(source, at + 1);
    }
    if (!this.isDistinct(list, first)) return -1;
    const slot = slots.add(start, at + 1);
    slots.firstItem[slot] = first;
    slots.isExact[slot] = 0;
    slots.values[slot] = slots.itemCount - first;
    return at + 1;
  }

  private isDistinct(list: LabelList, first: number): boolean {
    const { items, itemCount } = this.slots;
    if (itemCount - first === 1) return true;
    if (!list.mayHaveSeveral) return false;
    for (let one = first; one < itemCount; one += 1) {
      // Two wrong labels may be equal.
      if (items[one] === 0) return false;
      const { code } = list.labels[items[one]! - 1]!;
      for (let other = first; other < one; other += 1)
        if (list.labels[items[other]! - 1]!.code === code) return false;
    }
    return true;
  }

  /** The sum of the leaves of a matched list whose path has this hash. */
  sumOf(number: number, slot: number, path: number): number {
    const { labels } = this.lists[number]!;
    const { items, itemHashes, firstItem, values } = this.slots;
    let sum = 0;
    for (let index = 0; index < values[slot]!; index += 1) {
      const at = firstItem[slot]! + index;
      const place = stepHash(path, index);
      if (items[at] === 0) {
        sum = (sum + textLeaf(place, itemHashes[at]!)) | 0;
        continue;
      }
      const { texts, isPath } = labels[items[at]! - 1]!;
      for (let step = 0; step < texts.length; step += 1)
        sum = (sum + textLeaf(isPath ? stepHash(place, step) : place, texts[step]!)) | 0;
    }
    return sum;
  }

  /** True if a wrong label of a list is known. */
  haveWrong(number: number): boolean {
    return this.lists[number]!.wrong > 0;
  }

  /** The index of the first wrong label at or after `from` in a matched list, or -1. */
  nextWrong(number: number, slot: number, from: number): number {
    const { labels } = this.lists[number]!;
    const { items, firstItem, values } = this.slots;
    for (let index = from; index < values[slot]!; index += 1) {
      const item = items[firstItem[slot]! + index]!;
      if (item === 0 || !labels[item - 1]!.isKnown) return index;
    }
    return -1;
  }

  /** The label at an index of a matched list; `anyWrong` for one that isn’t kept. */
  labelAt(slot: number, index: number): number {
    const { items, firstItem } = this.slots;
    return items[firstItem[slot]! + index]! - 1;
  }

  /** Counts the labels of a matched list as used by an entry; paths aren’t counted. */
  countUses(number: number, slot: number, entry: number): void {
    const { labels } = this.lists[number]!;
    const { items, firstItem, values } = this.slots;
    for (let index = 0; index < values[slot]!; index += 1) {
      const label = labels[items[firstItem[slot]! + index]! - 1];
      if (label === undefined || label.isPath) continue;
      if (label.uses === 0) label.entry = entry;
      label.uses += 1;
    }
  }

  uses(): LabelUse[] {
    return this.lists.flatMap(({ labels }) => labels);
  }

  /** Learns the labels of the list at `from` with this value. */
  learn(number: number, source: Bytes, from: number, value: readonly Json[]): void {
    const list = this.lists[number]!;
    let at = skipSpace(source, from + 1);
    for (const item of value) {
      const end = skipValid(source, at);
      if (end < 0) return;
      list.learn(source.subarray(at, end), item);
      at = skipSpace(source, skipSpace(source, end) + 1);
    }
  }
}
