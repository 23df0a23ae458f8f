import { CLOSE_LIST, COMMA, LINE_FEED, OPEN_LIST, OPEN_OBJECT, RETURN } from '#wire/text/char-codes.ts';
import { skipSpace, skipValid, visitMembers } from '#wire/json/json-bytes.ts';
import { resized } from '#domain/text/resized.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { readJson, writeJson } from '#wire/json/json.ts';
import type { ExportMapping } from './export-mapping.ts';
import type { ExportParts } from '#domain/parse/import-settings.ts';
import { partNames, type ItemKind } from './export-kind.ts';
import { ExportCounts, isWanted } from './export-counts.ts';

/** Where the items of an export are: in a list, in the list of a member, alone, or each on a line. */
export type ExportItems =
  | { as: 'list'; start: number }
  | { as: 'one'; start: number }
  | { as: 'member'; start: number; name: string }
  | { as: 'lines' };

/** The annotations of an export, written as one list of requests. */
export interface ExportRequests {
  /** The list, in UTF-8. */
  bytes: Bytes;
  counts: ExportCounts;
  /** By request: the index of its item, which of `partNames` it is in, or `ownPart`, and its index there. */
  itemOf: Uint32Array;
  partOf: Uint8Array;
  nthOf: Uint32Array;
  /** By item: its offset in the export, and that of the id of its task; 0 if it has none. */
  itemStarts: Uint32Array;
  idStarts: Uint32Array;
  /** By request: whether its task is an object, as in files of a target storage. */
  isTaskObject: boolean[];
}

/** The part of an item that is the annotation itself. */
export const ownPart = partNames.length;

const PREDICTIONS = partNames.indexOf('predictions');
const DRAFTS = partNames.indexOf('drafts');

/** Of an annotation, what is about the task. When it was made, and under which id, is another installation’s business. */
const taken = ['result', 'was_cancelled', 'ground_truth', 'lead_time', 'completed_by'] as const;

const RESULT = taken.indexOf('result');
const AUTHOR = taken.indexOf('completed_by');

/** How many of `taken` a prediction and a draft have: a prediction only its result. */
export const takenOf = (part: string | undefined): readonly string[] => {
  if (part === 'predictions') return ['result'];
  return part === 'drafts' ? ['result', 'lead_time'] : taken;
};

/**
 * Writes a request for each annotation of an export, and steps over everything else. Undefined if something in the export is
 * invalid or unusual, so that it must be parsed.
 */
export function requestsOfExport(
  text: SourceText,
  items: ExportItems,
  kind: ItemKind,
  mapping: ExportMapping,
  wanted: ExportParts = {},
): ExportRequests | undefined {
  return text.isWellFormed ? new ExportReader(text, kind, mapping, wanted).read(items) : undefined;
}

const idKey = bytesOf('"id"');
const taskKey = bytesOf('"task"');
const versionKey = bytesOf('"model_version"');
const scoreKey = bytesOf('"score"');
const partKeys = partNames.map((name) => bytesOf(`"${name}"`));
const takenKeys = taken.map((name) => bytesOf(`"${name}"`));
const nullWord = bytesOf('null');
const fromNameKey = bytesOf('"from_name"');
const toNameKey = bytesOf('"to_name"');
const utf8 = new TextEncoder();

class ExportReader {
  private readonly text: SourceText;
  private readonly bytes: Bytes;
  private readonly kind: ItemKind;
  private readonly mapping: ExportMapping;
  private readonly wanted: ExportParts;
  private readonly written: ByteWriter;
  private readonly counts = new ExportCounts();
  private readonly itemOf: number[] = [];
  private readonly partOf: number[] = [];
  private readonly nthOf: number[] = [];
  private readonly itemStarts: number[] = [];
  private readonly idStarts: number[] = [];
  private readonly isTaskObject: boolean[] = [];
  /** The id of the current task. */
  private readonly id = { from: 0, to: 0 };
  /** The spans of what is taken from the current annotation. */
  private readonly spans = new Uint32Array(2 * taken.length);

  constructor(text: SourceText, kind: ItemKind, mapping: ExportMapping, wanted: ExportParts) {
    this.text = text;
    this.bytes = text.bytes;
    this.kind = kind;
    this.mapping = mapping;
    this.wanted = wanted;
    this.written = new ByteWriter(text.bytes.length >> 2);
  }

  read(items: ExportItems): ExportRequests | undefined {
    const { written } = this;
    written.add(bytesOf('['));
    if (!this.readItems(items)) return undefined;
    written.add(bytesOf(']'));
    return {
      bytes: written.finish(),
      counts: this.counts,
      itemOf: Uint32Array.from(this.itemOf),
      partOf: Uint8Array.from(this.partOf),
      nthOf: Uint32Array.from(this.nthOf),
      itemStarts: Uint32Array.from(this.itemStarts),
      idStarts: Uint32Array.from(this.idStarts),
      isTaskObject: this.isTaskObject,
    };
  }

  private readItems(items: ExportItems): boolean {
    const { bytes } = this;
    if (items.as === 'lines') return this.lines();
    const readItem = (at: number) => this.readItem(at);
    let end: number;
    if (items.as === 'list') end = this.list(items.start, readItem);
    else if (items.as === 'one') end = readItem(items.start);
    else end = this.listOfMember(items.start, bytesOf(`"${items.name}"`), readItem);
    return end >= 0 && skipSpace(bytes, end) >= bytes.length;
  }

  private listOfMember(start: number, name: Bytes, readItem: (at: number) => number): number {
    const { bytes } = this;
    return visitMembers(bytes, start, 1, (keyFrom, keyTo, at) =>
      this.isKey(keyFrom, keyTo, name) ? this.list(at, readItem) : skipValid(bytes, at, 2),
    );
  }

  private lines(): boolean {
    const { bytes } = this;
    for (let at = skipSpace(bytes, 0); at < bytes.length; at = skipSpace(bytes, at)) {
      at = this.readItem(at);
      if (at < 0) return false;
      while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
      if (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) return false;
    }
    return true;
  }

  /** Reads the items of a list; gives the offset behind it, or -1. */
  private list(start: number, readItem: (at: number) => number): number {
    const { bytes } = this;
    if (bytes[start] !== OPEN_LIST) return -1;
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      at = readItem(at);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpace(bytes, at + 1);
    }
  }

  private readItem(start: number): number {
    this.itemStarts.push(start);
    this.id.from = this.id.to = 0;
    const end =
      this.kind === 'task'
        ? this.readTask(start)
        : this.readAnnotation(start, this.kind === 'prediction' ? PREDICTIONS : 0, 0, true);
    this.idStarts.push(this.id.from);
    return end;
  }

  private readTask(start: number): number {
    const { bytes, id } = this;
    if (bytes[start] !== OPEN_OBJECT) return -1;
    this.counts.tasks += 1;
    /** Lists before the id of their task, and those behind such a list. */
    let waiting: [part: number, at: number][] | undefined;
    const end = visitMembers(bytes, start, 2, (keyFrom, keyTo, at) => {
      const part = bytes[at] === OPEN_LIST ? this.partAt(keyFrom, keyTo) : -1;
      if (part >= 0 && id.to > 0 && waiting === undefined) return this.readPart(part, at);
      const after = skipValid(bytes, at, 2);
      if (part >= 0) (waiting ??= []).push([part, at]);
      else if (this.isKey(keyFrom, keyTo, idKey)) {
        id.from = at;
        id.to = after;
      }
      return after;
    });
    if (id.to === 0) this.counts.withoutId += 1;
    for (const [part, at] of waiting ?? []) if (end >= 0 && this.readPart(part, at) < 0) return -1;
    return end;
  }

  private readPart(part: number, start: number): number {
    let nth = 0;
    this.counts.place(part, start);
    return this.list(start, (at) => this.readAnnotation(at, part, nth++, false));
  }

  private readAnnotation(start: number, part: number, nth: number, isOwn: boolean): number {
    const { bytes, id, spans, counts } = this;
    const isOther = part === PREDICTIONS || part === DRAFTS;
    if (bytes[start] !== OPEN_OBJECT) {
      const end = skipValid(bytes, start, 4);
      // Exports without predictions have only their ids.
      if (end >= 0 && !isOther) {
        this.add(part, nth, isOwn);
        this.written.copy(bytes, start, end);
        counts.add('annotations', '', undefined);
      }
      return end;
    }
    spans.fill(0);
    let version = '';
    let score: number | undefined;
    let isTaskObject = false;
    const end = visitMembers(bytes, start, 4, (keyFrom, keyTo, at) => {
      const isTask = isOwn && this.isKey(keyFrom, keyTo, taskKey);
      if (isTask && bytes[at] === OPEN_OBJECT) {
        isTaskObject = true;
        return this.readIdOf(at);
      }
      const after = skipValid(bytes, at, 4);
      if (isTask) {
        id.from = at;
        id.to = after;
        return after;
      }
      const field = this.fieldOf(keyFrom, keyTo);
      if (field >= 0) {
        spans[2 * field] = at;
        spans[2 * field + 1] = after;
      } else if (part === PREDICTIONS && this.isKey(keyFrom, keyTo, versionKey))
        version = this.text.slice(at, after);
      else if (part === PREDICTIONS && this.isKey(keyFrom, keyTo, scoreKey))
        score = Number(this.text.slice(at, after));
      return after;
    });
    if (end < 0) return -1;
    if (isOwn) counts.place(part, start);
    const name = partNames[part]!;
    counts.add(name, version, score);
    if (isOther && !isWanted(this.wanted, name, version, score)) return end;
    this.add(part, nth, isOwn, isTaskObject);
    this.writeRequest(takenOf(name));
    return end;
  }

  /** Keeps the id of a task that is an object. */
  private readIdOf(start: number): number {
    const { bytes, id } = this;
    return visitMembers(bytes, start, 5, (keyFrom, keyTo, at) => {
      const after = skipValid(bytes, at, 5);
      if (this.isKey(keyFrom, keyTo, idKey)) {
        id.from = at;
        id.to = after;
      }
      return after;
    });
  }

  private add(part: number, nth: number, isOwn: boolean, isTaskObject = false): void {
    if (this.itemOf.length > 0) this.written.add(separator);
    this.isTaskObject.push(isTaskObject);
    this.itemOf.push(this.itemStarts.length - 1);
    this.partOf.push(isOwn ? ownPart : part);
    this.nthOf.push(nth);
  }

  private writeRequest(fields: readonly string[]): void {
    const { bytes, id, spans, written } = this;
    written.add(beforeTask);
    if (id.to > 0) written.copy(bytes, id.from, id.to);
    else written.add(nullWord);
    for (let field = 0; field < taken.length; field += 1) {
      const [from, to] = [spans[2 * field]!, spans[2 * field + 1]!];
      // The server’s null is the same as no value.
      if (to === 0 || bytes[from] === SMALL_N || !fields.includes(taken[field]!)) continue;
      if (field === AUTHOR) {
        this.writeAuthor(from, to);
        continue;
      }
      written.add(beforeField[field]!);
      if (field === RESULT && this.mapping.hasControls) this.copyResult(from, to);
      else written.copy(bytes, from, to);
    }
    written.add(closing);
  }

  private writeAuthor(from: number, to: number): void {
    const { mapping, written } = this;
    const author = mapping.authorOf(this.text.slice(from, to));
    this.counts.addAuthor(author);
    const user = mapping.userOf(author);
    if (user === undefined) return;
    written.add(beforeField[AUTHOR]!);
    written.add(bytesOf(String(user)));
  }

  /** Copies a result with the names of its controls and objects mapped; whatever isn’t a list of objects as it is. */
  private copyResult(start: number, end: number): void {
    const { bytes, written } = this;
    let copied = start;
    const mapRegion = (at: number) => {
      /** By name: the span of its value. */
      const spans = new Map<string, [from: number, to: number]>();
      const after = visitMembers(bytes, at, 5, (keyFrom, keyTo, from) => {
        const to = skipValid(bytes, from, 5);
        if (this.isKey(keyFrom, keyTo, fromNameKey)) spans.set('from_name', [from, to]);
        else if (this.isKey(keyFrom, keyTo, toNameKey)) spans.set('to_name', [from, to]);
        return to;
      });
      const control = spans.get('from_name');
      const name = control && readJson(this.text.slice(...control)).value;
      const names = typeof name === 'string' ? this.mapping.namesOf(name) : undefined;
      // A key that is written twice counts where it is last.
      for (const [member, [from, to]] of [...spans].toSorted(([, one], [, other]) => one[0] - other[0])) {
        const value = names?.[member as keyof typeof names];
        if (value === undefined) continue;
        written.copy(bytes, copied, from);
        written.add(utf8.encode(writeJson(value)));
        copied = to;
      }
      return after;
    };
    this.list(start, (at) => (bytes[at] === OPEN_OBJECT ? mapRegion(at) : skipValid(bytes, at, 5)));
    written.copy(bytes, copied, end);
  }

  /** Which of `taken` a key is, or -1. */
  private fieldOf(from: number, to: number): number {
    for (let field = 0; field < takenKeys.length; field += 1)
      if (this.isKey(from, to, takenKeys[field]!)) return field;
    return -1;
  }

  /** Which of `partNames` a key is, or -1. */
  private partAt(from: number, to: number): number {
    for (let part = 0; part < partKeys.length; part += 1)
      if (this.isKey(from, to, partKeys[part]!)) return part;
    return -1;
  }

  private isKey(from: number, to: number, key: Bytes): boolean {
    if (to - from !== key.length) return false;
    for (let at = 1; at < key.length; at += 1) if (this.bytes[from + at] !== key[at]) return false;
    return true;
  }
}

const SMALL_N = 0x6e;
const separator = bytesOf(',\n');
const closing = bytesOf('}');
const beforeTask = bytesOf('{"task":');
const beforeField = taken.map((name) => bytesOf(`,"${name}":`));

class ByteWriter {
  private bytes: Bytes;
  private length = 0;

  constructor(expected: number) {
    this.bytes = new Uint8Array(Math.max(expected, 1024));
  }

  add(part: Bytes): void {
    this.copy(part, 0, part.length);
  }

  /** A loop for short values, of which there are many: a subarray for each costs more. */
  copy(source: Bytes, from: number, to: number): void {
    while (this.length + to - from > this.bytes.length)
      this.bytes = resized(this.bytes, this.bytes.length * 2);
    const { bytes, length } = this;
    if (to - from > 64) bytes.set(source.subarray(from, to), length);
    else for (let at = from; at < to; at += 1) bytes[length + at - from] = source[at]!;
    this.length += to - from;
  }

  finish(): Bytes {
    return this.bytes.subarray(0, this.length);
  }
}

function bytesOf(ascii: string): Bytes {
  return Uint8Array.from(ascii, (character) => character.charCodeAt(0));
}
