import { CLOSE_LIST, COMMA, OPEN_LIST } from '#wire/text/char-codes.ts';
import { skipSpace, skipValid } from '#wire/json/json-bytes.ts';
import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path, Problem } from '#wire/problem.ts';
import { ofLabel, type RegionVariation } from '#config/check/region-variations.ts';
import type { LabelUse } from '#domain/requests/entries.ts';
import { locate } from '#domain/text/locate.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import {
  markHash,
  numberLeaf,
  passedSum,
  pathHash,
  regionHash,
  rootHash,
  sumOf,
  textLeaf,
} from '#domain/templates/contents/content-hash.ts';
import { LabelLists, maxLabels } from './label-lists.ts';
import type { MatchedRegions, MatchedSlot } from '#domain/templates/contents/matched-regions.ts';
import { RegionIds } from './region-ids.ts';
import type { Signatures } from './signatures.ts';
import type { Slots } from './slots.ts';
import { TemplateTrie, type Token } from './template-trie.ts';

interface RegionSlot {
  kind: 'number' | 'text' | 'id' | 'reference' | 'list';
  path: Path;
  pathHash: number;
  /** The number of the list. */
  list: number;
}

type TestedNumbers = Record<string | number, Json>;

/** A copy of a region’s `value`, with the places of its number slots. */
interface TestedValue {
  value: JsonObject;
  numbers: readonly { slot: number; parent: TestedNumbers; key: string | number }[];
  isStillValid: (value: JsonObject) => boolean;
}

/** The common parts of all regions of one template. */
interface RegionTemplate {
  isRelation: boolean;
  slots: readonly RegionSlot[];
  /** Slots that are lists of labels, and slots that refer to other regions. */
  lists: readonly number[];
  /** By key, so that `from_id` is before `to_id` in any notation. */
  references: readonly number[];
  /** A value into which other numbers are written to check them; undefined if no number matters. */
  tested: TestedValue | undefined;
  /** The sum of the leaves outside the slots. */
  sum: number;
  hasId: boolean;
  idSlot: number;
  /** Line ends outside of lists of labels. */
  lineEnds: number;
  traits: readonly number[];
  /** Problems of the region that don’t depend on its slots; its place in the result is part of their trait. */
  faults: readonly string[];
  faultsAt: number[][];
  /** Labels outside the slots. */
  labels: LabelUse[];
}

const idPath = pathHash(['id']);

/** More than a list can have. */
const maxRegions = 0x400_0000;

/**
 * Matches lists of regions, region by region. A region matches a template if it differs from an earlier one only in
 * valid numbers, free text, known labels, its ID and references.
 */
export class RegionTemplates {
  /** The regions of the last matched list: their templates and first slots. */
  count = 0;
  /** True if a label is a wrong one that shares its template with others. */
  hasAnyWrong = false;
  private templateOf = new Uint32Array(64);
  private firstSlot = new Uint32Array(64);
  private readonly slots: Slots;
  private readonly signatures: Signatures;
  private readonly lists: LabelLists;
  private readonly trie: TemplateTrie;
  private readonly ids = new RegionIds();
  /** The pairs of regions that relations connect. */
  private readonly connected = new Set<number>();
  private readonly templates: RegionTemplate[] = [];
  /** Codes of traits by list, label + 1 and place. */
  private readonly wrongCodes: Map<number, number>[][] = [];

  constructor(slots: Slots, signatures: Signatures) {
    this.slots = slots;
    this.signatures = signatures;
    this.lists = new LabelLists(slots);
    this.trie = new TemplateTrie(slots, (list, source, at) => this.lists.match(list, source, at));
  }

  get isFull(): boolean {
    return this.trie.isFull;
  }

  /** The offset after the list at `start`, or -1 if a region matches no template. */
  match(source: Bytes, start: number): number {
    this.count = 0;
    if (source[start] !== OPEN_LIST) return -1;
    const { slots } = this;
    let at = slots.skipSpace(source, start + 1);
    if (source[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      const first = slots.count;
      const template = this.trie.match(source, at);
      if (template < 0) return -1;
      this.add(template, first);
      slots.lineEnds += this.templates[template]!.lineEnds;
      at = slots.skipSpace(source, this.trie.end);
      if (source[at] === CLOSE_LIST) return at + 1;
      if (source[at] !== COMMA) return -1;
      at = slots.skipSpace(source, at + 1);
    }
  }

  /** True if the matched list has valid numbers, distinct IDs and known references, and relates regions only once. */
  fits(source: Bytes): boolean {
    const { ids, slots } = this;
    ids.clear();
    // Clearing a set allocates a new table, even if it is empty.
    if (this.connected.size > 0) this.connected.clear();
    for (let index = 0; index < this.count; index += 1) {
      const template = this.templates[this.templateOf[index]!]!;
      const first = this.firstSlot[index]!;
      if (template.hasId && !ids.add(slots, first + template.idSlot)) return false;
      if (template.tested !== undefined && !this.isValid(template.tested, first)) return false;
    }
    for (let index = 0; index < this.count; index += 1) {
      const template = this.templates[this.templateOf[index]!]!;
      const { references } = template;
      if (references.length > 0 && !this.hasKnownReferences(template, this.firstSlot[index]!, source))
        return false;
    }
    return true;
  }

  /** Adds the traits of the matched regions to `signatures`. */
  sign(): void {
    const { signatures, lists } = this;
    this.hasAnyWrong = false;
    for (let index = 0; index < this.count; index += 1) {
      const template = this.templates[this.templateOf[index]!]!;
      const { traits, faults, slots } = template;
      for (let at = 0; at < traits.length; at += 1) signatures.add(traits[at]!);
      if (faults.length > 0) for (const fault of this.faultsAt(template, index)) signatures.add(fault);
      for (let at = 0; at < template.lists.length; at += 1) {
        const slot = template.lists[at]!;
        const { list } = slots[slot]!;
        if (lists.haveWrong(list)) this.signWrong(list, this.firstSlot[index]! + slot, index);
      }
    }
  }

  /** Adds the traits of the wrong labels in a list of a region. */
  private signWrong(list: number, slot: number, region: number): void {
    const { lists, signatures } = this;
    for (let at = lists.nextWrong(list, slot, 0); at >= 0; at = lists.nextWrong(list, slot, at + 1)) {
      const label = lists.labelAt(slot, at);
      if (label < 0) this.hasAnyWrong = true;
      signatures.add(this.wrongCode(list, label, region, at));
    }
  }

  /** The contribution of the matched regions to their request’s hash. */
  contentHash(source: Bytes): number {
    const { ids } = this;
    let hash = 0;
    let withId = 0;
    let without = ids.count;
    for (let index = 0; index < this.count; index += 1) {
      const template = this.templates[this.templateOf[index]!]!;
      let sum = (template.sum + this.slotsSum(template, this.firstSlot[index]!, source)) | 0;
      if (!template.isRelation) {
        const mark = template.hasId ? withId++ : without++;
        sum = (sum + textLeaf(idPath, markHash(mark))) | 0;
      }
      hash = (hash + regionHash(index, sum)) | 0;
    }
    return passedSum(hash);
  }

  /** Counts the labels of the matched regions as used by an entry. */
  countLabels(entry: number): void {
    for (let index = 0; index < this.count; index += 1) {
      const template = this.templates[this.templateOf[index]!]!;
      const { labels, lists, slots } = template;
      for (let at = 0; at < labels.length; at += 1) countUse(labels[at]!, entry);
      for (let at = 0; at < lists.length; at += 1)
        this.lists.countUses(slots[lists[at]!]!.list, this.firstSlot[index]! + lists[at]!, entry);
    }
  }

  /** The labels counted so far. */
  labelUses(): LabelUse[] {
    return [...this.templates.flatMap(({ labels }) => labels), ...this.lists.uses()].filter(
      ({ uses }) => uses > 0,
    );
  }

  /** The last match, for comparison with others. */
  matched(source: Bytes): MatchedRegions {
    const { slots, count } = this;
    const own: MatchedSlot[] = [];
    const first = count === 0 ? 0 : this.firstSlot[0]!;
    for (let index = 0; index < count; index += 1)
      for (const { kind, list, pathHash: path } of this.templates[this.templateOf[index]!]!.slots) {
        const slot = first + own.length;
        const isExact = kind === 'reference' || slots.isExact[slot] === 1;
        const text = source.subarray(slots.from[slot], slots.to[slot]);
        let value = slots.values[slot]!;
        if (kind === 'list') value = this.lists.sumOf(list, slot, path);
        else if (kind === 'reference') value = this.ids.find(slots, slot, source);
        own.push({ isId: kind === 'id', value, isExact, text });
      }
    return { templates: this.templateOf.slice(0, count), slots: own };
  }

  /** Learns the unmatched regions of a list. `from` is its offset in `text`. */
  learn(
    text: SourceText,
    from: number,
    result: readonly Json[],
    variations: readonly RegionVariation[],
    problems: readonly Problem[],
  ): void {
    const { bytes } = text;
    let at = skipSpace(bytes, from + 1);
    for (let index = 0; index < result.length; index += 1) {
      const end = skipValid(bytes, at);
      if (end < 0) return;
      const own = problems.filter(({ path }) => path[0] === 'result' && path[1] === index);
      this.learnRegion(text.part(at, end), result[index] as JsonObject, variations[index]!, own);
      at = skipSpace(bytes, skipSpace(bytes, end) + 1);
    }
  }

  private learnRegion(
    text: SourceText,
    region: JsonObject,
    variation: RegionVariation,
    problems: readonly Problem[],
  ): void {
    const { bytes } = text;
    const slots = slotsOf(variation).map((slot): RegionSlot => {
      const list = variation.lists.find(({ path }) => path === slot.path);
      return {
        ...slot,
        pathHash: pathHash(slot.path),
        list: list === undefined ? -1 : this.lists.numberOf(list),
      };
    });
    const asks = slots.map(({ path }) => ({ path }));
    const spans = locate(text.toString(), asks).map(({ from, to }, index) => ({
      from: text.offsetOf(from),
      to: text.offsetOf(to),
      slot: slots[index]!,
    }));
    spans.sort((one, other) => one.from - other.from);
    for (const { from, slot } of spans)
      if (slot.kind === 'list')
        this.lists.learn(slot.list, bytes, from, valueAt(region, slot.path) as Json[]);
    if (this.trie.match(bytes, 0) >= 0 && this.trie.end === bytes.length) return;
    const tokens: Token[] = [];
    let at = 0;
    let lineEnds = 0;
    for (const { from, to, slot } of spans) {
      lineEnds += text.lineEndsBetween(at, from);
      tokens.push({ kind: 'literal', bytes: bytes.slice(at, from) }, tokenOf(slot));
      at = to;
    }
    lineEnds += text.lineEndsBetween(at, bytes.length);
    tokens.push({ kind: 'literal', bytes: bytes.slice(at) });
    this.trie.learn(tokens, this.templates.length);
    const ordered = spans.map(({ slot }) => slot);
    this.templates.push(this.templateFor(region, variation, ordered, problems, lineEnds));
  }

  private templateFor(
    region: JsonObject,
    variation: RegionVariation,
    slots: readonly RegionSlot[],
    problems: readonly Problem[],
    lineEnds: number,
  ): RegionTemplate {
    const { trait, hasId, isStillValid } = variation;
    const { signatures, templates } = this;
    const isRelation = region['type'] === 'relation';
    const own = trait ?? { name: `region ${templates.length}`, most: 1e6 };
    const infos = problems.filter(({ severity }) => severity === 'info').map(({ code }) => `info ${code}`);
    const traits = infos.map((name) =>
      signatures.codeOf(`${name} ${writeJson(region['from_name'] ?? null)}`, 1),
    );
    if (own.most > 0) traits.push(signatures.codeOf(own.name, own.most));
    const faults = problems.filter(({ severity, code }) => severity !== 'info' && !ofLabel.has(code));
    const slotsOfKind = (kind: RegionSlot['kind']) =>
      [...slots.keys()].filter((slot) => slots[slot]!.kind === kind);
    const hasList = slotsOfKind('list').length > 0;
    let sum = sumOf(region, rootHash);
    for (const { path, pathHash: hash } of slots) sum = (sum - sumOf(valueAt(region, path), hash)) | 0;
    return {
      isRelation,
      slots,
      lists: slotsOfKind('list'),
      references: slotsOfKind('reference').toSorted((one, other) =>
        String(slots[one]!.path) < String(slots[other]!.path) ? -1 : 1,
      ),
      tested: isStillValid && testedValue(region, slots, isStillValid),
      sum,
      hasId,
      idSlot: slots.findIndex(({ kind }) => kind === 'id'),
      lineEnds,
      traits,
      faults: faults.map(({ code, path }) => `${code} ${path.slice(2).join('/')}`),
      faultsAt: [],
      labels: hasList ? [] : labelsOf(region),
    };
  }

  private add(template: number, firstSlot: number): void {
    if (this.count === this.templateOf.length) {
      this.templateOf = resized(this.templateOf, this.count * 2);
      this.firstSlot = resized(this.firstSlot, this.count * 2);
    }
    this.templateOf[this.count] = template;
    this.firstSlot[this.count] = firstSlot;
    this.count += 1;
  }

  private isValid({ value, numbers, isStillValid }: TestedValue, first: number): boolean {
    const { values } = this.slots;
    for (let at = 0; at < numbers.length; at += 1) {
      const { slot, parent, key } = numbers[at]!;
      parent[key] = values[first + slot]!;
    }
    return isStillValid(value);
  }

  private hasKnownReferences(
    { references, isRelation }: RegionTemplate,
    first: number,
    source: Bytes,
  ): boolean {
    let pair = 0;
    let before = -1;
    for (const slot of references) {
      const region = this.ids.find(this.slots, first + slot, source);
      if (region < 0 || (isRelation && region === before)) return false;
      before = region;
      pair = pair * maxRegions + region;
    }
    if (!isRelation) return true;
    const known = this.connected.size;
    return this.connected.add(pair).size > known;
  }

  /** The trait of a wrong label at its place. */
  private wrongCode(list: number, label: number, region: number, item: number): number {
    const codes = ((this.wrongCodes[list] ??= [])[label + 1] ??= new Map<number, number>());
    const place = region * maxLabels + item;
    let code = codes.get(place);
    if (code === undefined) codes.set(place, (code = this.signatures.newCode(1)));
    return code;
  }

  private faultsAt({ faults, faultsAt }: RegionTemplate, index: number): number[] {
    return (faultsAt[index] ??= faults.map((fault) => this.signatures.codeOf(`${fault} at ${index}`, 1)));
  }

  private slotsSum({ slots }: RegionTemplate, first: number, source: Bytes): number {
    const { values } = this.slots;
    let sum = 0;
    for (let index = 0; index < slots.length; index += 1) {
      const { kind, pathHash: path, list } = slots[index]!;
      const slot = first + index;
      if (kind === 'number') sum = (sum + numberLeaf(path, values[slot]!)) | 0;
      else if (kind === 'text') sum = (sum + textLeaf(path, values[slot]!)) | 0;
      else if (kind === 'list') sum = (sum + this.lists.sumOf(list, slot, path)) | 0;
      else if (kind === 'reference')
        sum = (sum + textLeaf(path, markHash(this.ids.find(this.slots, slot, source)))) | 0;
    }
    return passedSum(sum);
  }
}

function slotsOf({ numbers, texts, lists, hasId, references }: RegionVariation) {
  const all = (kind: RegionSlot['kind'], paths: readonly Path[]) => paths.map((path) => ({ kind, path }));
  return [
    ...all('number', numbers),
    ...all('text', texts),
    ...all(
      'list',
      lists.map(({ path }) => path),
    ),
    ...all('id', hasId ? [['id']] : []),
    ...all(
      'reference',
      references.map((key) => [key]),
    ),
  ];
}

function tokenOf({ kind, list }: RegionSlot): Token {
  if (kind === 'list') return { kind: 'part', part: list };
  return { kind: kind === 'id' || kind === 'reference' ? 'name' : kind };
}

/** Keys hold null first, because V8 allocates memory at each read of a field that has only held numbers. */
function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = Object.fromEntries(Object.keys(value).map((key) => [key, null]));
  for (const [key, item] of Object.entries(value)) copy[key] = copyOf(item);
  return copy;
}

function valueAt(value: Json, path: Path): Json {
  return path.reduce((inner, step) => (inner as Record<string | number, Json>)[step]!, value);
}

function testedValue(
  region: JsonObject,
  slots: readonly RegionSlot[],
  isStillValid: TestedValue['isStillValid'],
): TestedValue {
  const value = copyOf(region['value']!) as JsonObject;
  const numbers = slots.flatMap(({ kind, path: [field, ...path] }, slot) => {
    if (kind !== 'number' || field !== 'value') return [];
    const parent = valueAt(value, path.slice(0, -1)) as unknown as TestedNumbers;
    return [{ slot, parent, key: path.at(-1)! }];
  });
  return { value, numbers, isStillValid };
}

/** The labels of a region under the key of its type. */
function labelsOf({ from_name: control, type, value }: JsonObject): LabelUse[] {
  const labels = isJsonObject(value) && typeof type === 'string' ? value[type] : undefined;
  if (!Array.isArray(labels) || typeof control !== 'string') return [];
  return labels.flatMap((label) =>
    typeof label === 'string' ? [{ control, label, uses: 0, entry: 0 }] : [],
  );
}

function countUse(use: LabelUse, entry: number): void {
  if (use.uses === 0) use.entry = entry;
  use.uses += 1;
}
