import { OPEN_LIST, OPEN_OBJECT, ZERO } from '#wire/text/char-codes.ts';
import { skippedLineEnds, skipValid } from '#wire/json/json-bytes.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { taskNumber } from '#domain/requests/task-ids.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import type { CellSource, CellSpan } from '#domain/parse/columns/cell-source.ts';
import { taskIdIn } from '#domain/parse/columns/kept-column.ts';
import { KEEP, SAMPLE, SKIP, type RowWriter } from '#domain/parse/columns/columnar-rows.ts';
import { readCell, readCellLoosely } from './json-cells.ts';
import { MemberReader } from './member-reader.ts';

/**
 * Writes the members of objects straight from their bytes. It gives up where `readJson` would report a problem, or might:
 * such an object is left to `readJson`.
 */
export class FastObjectReader {
  /** The task id of the last object; 0 if it is invalid or missing. */
  task = 0;
  /** Line ends inside the last object. */
  linesInside = 0;
  /** The names of the columns. */
  readonly members: MemberReader;
  private readonly bytes: Bytes;
  private readonly source: CellSource;
  private readonly writer: RowWriter;
  private readonly cell: CellSpan = { from: 0, to: 0, quotes: 0, hash: 0 };

  constructor(
    text: SourceText,
    source: CellSource,
    writer: RowWriter,
    names: readonly string[],
    isLine: boolean,
  ) {
    this.bytes = text.bytes;
    this.source = source;
    this.writer = writer;
    this.members = new MemberReader(text, isLine, names);
  }

  /** Stores the object at an offset. Returns the offset after it, or -1 if it must be read in another way. */
  read(start: number): number {
    const end = this.bytes[start] === OPEN_OBJECT ? this.readMembers(start + 1) : -1;
    if (end < 0) {
      this.writer.dropRow();
      this.addColumns();
    }
    return end;
  }

  private readMembers(start: number): number {
    const { members, bytes } = this;
    this.task = 0;
    this.linesInside = 0;
    members.open();
    for (let at = start; ;) {
      const from = members.next(at);
      if (from < 0) break;
      at = this.readValue(from, members.name);
      if (at < 0) return -1;
      const isNested = bytes[from] === OPEN_LIST || bytes[from] === OPEN_OBJECT;
      if (isNested) this.linesInside += skippedLineEnds();
    }
    this.linesInside += members.lineEnds;
    return members.end;
  }

  /** Stores a member that `readJson` has read. */
  put(name: string, { from, to }: Span): void {
    const column = this.members.numberOf(name);
    const action = this.actionOf(column);
    if (action === SKIP) return;
    readCellLoosely(this.source, from, to, this.cell);
    this.keep(column, action);
  }

  /** The span of a member of a valid object; undefined if it doesn’t have it, or has unusual keys. */
  memberSpan(start: number, column: number): Span | undefined {
    const { members, bytes } = this;
    members.open();
    for (let at = start + 1; ;) {
      const from = members.next(at);
      at = from < 0 ? -1 : skipValid(bytes, from);
      if (at < 0) return undefined;
      if (members.name === column) return { from, to: at };
    }
  }

  private actionOf(column: number): number {
    const { actions } = this.writer;
    if (column >= actions.length) this.addColumns();
    return actions[column]!;
  }

  /** Adds the columns of new names. */
  private addColumns(): void {
    const { members, writer } = this;
    while (writer.actions.length < members.names.length) writer.addColumn();
  }

  /** Reads the value at an offset for its column. Returns the offset after it, or -1. */
  private readValue(at: number, column: number): number {
    const action = this.actionOf(column);
    const { bytes } = this;
    if (action === SKIP) return skipValid(bytes, at);
    const end = readCell(bytes, at, this.cell);
    if (end >= 0) this.keep(column, action);
    return end;
  }

  private keep(column: number, action: number): void {
    if (action === KEEP) this.writer.put(column, this.cell);
    else if (action === SAMPLE) this.writer.sample(column, this.cell);
    else this.task = this.readTask();
  }

  private readTask(): number {
    const { bytes } = this;
    const { from, to, quotes } = this.cell;
    const textFrom = from + quotes;
    const textTo = to - quotes;
    let id = 0;
    for (let at = textFrom; at < textTo; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9) || (digit === 0 && at === textFrom)) {
        const task = this.source.cellAt(from, to);
        return typeof task === 'string' ? taskIdIn(task) : taskNumber(task);
      }
      id = id * 10 + digit;
    }
    return id;
  }
}
