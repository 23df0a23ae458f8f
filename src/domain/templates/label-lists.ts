import { BACKSLASH, CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from '#wire/char-codes.ts';
import { skipSpace, skipValid } from '#wire/json-bytes.ts';
import { writeJson, type Json } from '#wire/json.ts';
import type { VariableList } from '#config/check/region-variations.ts';
import type { LabelUse } from '#domain/requests/entries.ts';
import type { Bytes } from '#domain/text/source-text.ts';
import { stepHash, textLeaf } from '#domain/templates/contents/content-hash.ts';
import type { Slots } from './slots.ts';
import { hashOfText, hashStep } from '#domain/templates/contents/text-hash.ts';

/** A label of one control: a text, or a path of texts. */
interface Label extends LabelUse {
  /** Of its content: labels written differently share it. */
  code: number;
  /** Hashes of its texts; one for a label that is no path. */
  texts: readonly number[];
  isPath: boolean;
  isKnown: boolean;
  written: Bytes;
  /** The next label whose writing has the same hash, or -1. */
  next: number;
}

/** Wrong labels with templates for each; entries with other wrong ones share a template. */
const maxWrong = 500;

/** Stands for any further wrong label, and for one that must be learnt. */
const anyWrong = -1;
const unknown = -2;

/** Labels that are learnt of one list. */
const maxLabels = 20_000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The labels seen in one list of the config, such as the choices of one control. */
class LabelList {
  readonly isLabel: VariableList['isLabel'];
  readonly mayHaveSeveral: boolean;
  /** Behind the last match. */
  end = 0;
  readonly labels: Label[] = [];
  /** The last label by the hash of its writing. */
  private readonly byHash = new Map<number, number>();
  private hash = 0;
  private readonly codes = new Map<string, number>();
  private readonly control: string;
  wrong = 0;

  constructor({ isLabel, mayHaveSeveral, control }: VariableList) {
    this.control = control;
    this.isLabel = isLabel;
    this.mayHaveSeveral = mayHaveSeveral;
  }

  /** The label at an offset, `anyWrong` or `unknown`. `end` is left behind it. */
  match(source: Bytes, at: number): number {
    if (!this.findEnd(source, at)) return unknown;
    const length = this.end - at;
    for (let label = this.byHash.get(this.hash) ?? -1; label >= 0; label = this.labels[label]!.next) {
      const { written } = this.labels[label]!;
      let same = 0;
      if (written.length === length) while (same < length && written[same] === source[at + same]) same += 1;
      if (same === length) return label;
    }
    if (this.wrong < maxWrong || this.isLabel === undefined || skipValid(source, at) !== this.end)
      return unknown;
    const label = JSON.parse(decoder.decode(source.subarray(at, this.end))) as Json;
    return typeof label !== 'string' || this.isLabel(label) ? unknown : anyWrong;
  }

  /** Finds the end of the text or list at an offset, and the hash of its bytes. */
  private findEnd(source: Bytes, start: number): boolean {
    const isPath = source[start] === OPEN_LIST;
    if (!isPath && source[start] !== QUOTE) return false;
    let hash = 0;
    let isInText = !isPath;
    for (let at = start + 1; at < source.length; at += 1) {
      const byte = source[at]!;
      hash = Math.imul(hash ^ byte, hashStep);
      if (byte === QUOTE) isInText = !isInText;
      else if (byte === BACKSLASH) {
        at += 1;
        hash = Math.imul(hash ^ source[at]!, hashStep);
      }
      if (isPath ? byte === CLOSE_LIST && !isInText : !isInText) {
        this.end = at + 1;
        this.hash = hash;
        return true;
      }
    }
    return false;
  }

  /** Learns the label that was looked for last. */
  learn(written: Bytes, value: Json): void {
    if (this.labels.length === maxLabels) return;
    const steps = (Array.isArray(value) ? value : [value]) as string[];
    const key = writeJson(value);
    const code = this.codes.get(key) ?? this.codes.size;
    this.codes.set(key, code);
    const isKnown = this.isLabel === undefined || this.isLabel(value as string);
    if (!isKnown) this.wrong += 1;
    const next = this.byHash.get(this.hash) ?? -1;
    this.byHash.set(this.hash, this.labels.length);
    this.labels.push({
      code,
      texts: steps.map(hashOfText),
      isPath: Array.isArray(value),
      isKnown,
      written: written.slice(),
      next,
      control: this.control,
      label: steps[0]!,
      uses: 0,
      entry: 0,
    });
  }
}

/**
 * Lists of labels. Each label is checked by itself, so any list of distinct labels has the problems that its wrong ones have.
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
    this.lists.push(new LabelList(list));
    this.numbers.set(list.key, this.lists.length - 1);
    return this.lists.length - 1;
  }

  /** Reads the list at an offset into a slot with its items; gives the offset behind it, or -1. */
  match(number: number, source: Bytes, start: number): number {
    if (source[start] !== OPEN_LIST) return -1;
    const list = this.lists[number]!;
    const { slots } = this;
    const first = slots.itemCount;
    let at = slots.skipSpace(source, start + 1);
    for (;;) {
      const label = list.match(source, at);
      if (label === unknown) return -1;
      slots.addItem(label + 1);
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
      // Two wrong labels could be the same.
      if (items[one] === 0) return false;
      const { code } = list.labels[items[one]! - 1]!;
      for (let other = first; other < one; other += 1)
        if (list.labels[items[other]! - 1]!.code === code) return false;
    }
    return true;
  }

  /** The sum of the leaves of a matched list whose path has this hash. */
  sumOf(number: number, slot: number, path: number, source: Bytes): number {
    const { labels } = this.lists[number]!;
    const { items, firstItem, values, from, to } = this.slots;
    let sum = 0;
    for (let index = 0; index < values[slot]!; index += 1) {
      const item = items[firstItem[slot]! + index]!;
      if (item === 0) {
        const [text] = JSON.parse(decoder.decode(source.subarray(from[slot], to[slot]))) as string[];
        sum = (sum + textLeaf(stepHash(path, index), hashOfText(text!))) | 0;
        continue;
      }
      const { texts, isPath } = labels[item - 1]!;
      const place = stepHash(path, index);
      for (let step = 0; step < texts.length; step += 1)
        sum = (sum + textLeaf(isPath ? stepHash(place, step) : place, texts[step]!)) | 0;
    }
    return sum;
  }

  /** Calls `found` for each wrong label of a matched list. */
  eachWrong(number: number, slot: number, found: (label: number, index: number) => void): void {
    const list = this.lists[number]!;
    if (list.wrong === 0) return;
    const { items, firstItem, values } = this.slots;
    for (let index = 0; index < values[slot]!; index += 1) {
      const item = items[firstItem[slot]! + index]!;
      if (item === 0) found(anyWrong, index);
      else if (!list.labels[item - 1]!.isKnown) found(item - 1, index);
    }
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

  /** Learns the labels of the list at `from`, whose value this is. */
  learn(number: number, source: Bytes, from: number, value: readonly Json[]): void {
    const list = this.lists[number]!;
    let at = skipSpace(source, from + 1);
    for (const item of value) {
      const end = skipValid(source, at);
      if (end < 0) return;
      if (list.match(source, at) === unknown && list.end === end) list.learn(source.subarray(at, end), item);
      at = skipSpace(source, skipSpace(source, end) + 1);
    }
  }
}
