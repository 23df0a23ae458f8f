import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { readSheet } from 'read-excel-file/universal';
import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';
import { withDisplayedNumbers } from './number-formats.ts';
import { sheetNotes } from './sheet-notes.ts';
import { listArchive, store, unpack, whyTooLarge } from './archive.ts';

/** The text of a workbook, the sheets to choose from, or why it can’t be read; `note` says what reads otherwise than it is displayed. */
export type WorkbookText =
  | { ok: true; text: SourceText; note?: string }
  | { ok: false; sheets: string[] }
  | { ok: false; message: string };

const damaged = 'The workbook is damaged or protected by a password. Save it again, or save it as CSV.';

/**
 * Reads a sheet of an Excel workbook as a table with tabs. Lists the sheets if there are several and none is chosen.
 */
export async function readWorkbook(bytes: Bytes, sheet?: string): Promise<WorkbookText> {
  const parts = (listArchive(bytes) ?? []).filter(({ name }) => /\.(?:xml|rels)$/i.test(name));
  const why = whyTooLarge(parts, limits.workbookBytes);
  if (why !== undefined) return { ok: false, message: why };
  const files = unpack(bytes, new Set(parts.map(({ name }) => name)));
  const sheets = files && visibleSheets(files.get('xl/workbook.xml'));
  const chosen = sheets?.find(({ name }) => sheet === undefined || name === sheet);
  if (files === undefined || sheets === undefined || chosen === undefined)
    return { ok: false, message: damaged };
  if (sheet === undefined && sheets.length > 1) return { ok: false, sheets: sheets.map(({ name }) => name) };
  const tooWide = [...files].map(([name, file]) =>
    /worksheets\//.test(name) ? whyTooWide(file) : undefined,
  );
  const message = tooWide.find((one) => one !== undefined);
  if (message !== undefined) return { ok: false, message };
  try {
    // The library unpacks large parts in workers, which a strict content security policy blocks; stored parts need
    // none.
    const displayed = withDisplayedNumbers(withTexts(files));
    const rows = await readSheet(store(displayed.files).buffer, chosen.name, {
      trim: false,
      parseNumber: (digits: string) => exactNumber(digits),
    });
    // The types of the library have the `Date` class instead of a date.
    const read = tableOf(rows as unknown as Cell[][]);
    if (!read.ok) return read;
    const part = partOf(chosen, files);
    const notes = [
      ...(displayed.percentages > 0 ? [percentNote] : []),
      ...(part === undefined ? [] : sheetNotes(part, rows)),
    ];
    return notes.length > 0 ? { ...read, note: notes.join(' ') } : read;
  } catch {
    return { ok: false, message: damaged };
  }
}

const percentNote = 'The workbook has percentages. They are read as Excel stores them: 50% is 0.5.';

const isSheet = (name: string) => name.startsWith('xl/worksheets/') && !name.includes('_rels');

/** Writes as text what the library reads as empty: errors such as `#N/A`, and formulas without a stored result. */
function withTexts(files: ReadonlyMap<string, Bytes>): Map<string, Bytes> {
  const written = new Map(files);
  for (const [name, file] of files) {
    if (!isSheet(name)) continue;
    const xml = new TextDecoder().decode(file);
    const text = xml
      .replaceAll(/(<(?:\w+:)?c\b[^>]*\s)t="e"/g, '$1t="str"')
      .replaceAll(
        /<((?:\w+:)?)c\b([^>]*)><\1f\b[^>]*>([^<]+)<\/\1f><\/\1c>/g,
        (_, prefix: string, attributes: string, formula: string) =>
          `<${prefix}c${attributes.replace(/\st="\w+"/, '')} t="str"><${prefix}v>=${formula}</${prefix}v></${prefix}c>`,
      );
    if (text !== xml) written.set(name, new TextEncoder().encode(text));
  }
  return written;
}

/** A visible sheet, with the ID of its part. */
interface Sheet {
  name: string;
  id: string;
}

/** The visible sheets; undefined if the XML isn’t valid. */
function visibleSheets(workbook: Bytes | undefined): Sheet[] | undefined {
  if (workbook === undefined) return undefined;
  try {
    const list = elementsIn(rootOf(workbook)).find((child) => localName(child) === 'sheets');
    return elementsIn(list).flatMap(({ attributes }) => {
      const name = attributes['name'];
      const isVisible = (attributes['state'] ?? 'visible') === 'visible';
      const id = Object.keys(attributes).find((key) => key.endsWith(':id'));
      return isVisible && name !== undefined ? [{ name, id: attributes[id ?? ''] ?? '' }] : [];
    });
  } catch {
    return undefined;
  }
}

/** The part of a sheet, whose path is relative to `xl/` or starts with a slash. */
function partOf({ id }: Sheet, files: ReadonlyMap<string, Bytes>): Bytes | undefined {
  const relations = files.get('xl/_rels/workbook.xml.rels');
  if (relations === undefined) return undefined;
  const path = elementsIn(rootOf(relations)).find(({ attributes }) => attributes['Id'] === id)?.attributes[
    'Target'
  ];
  return path === undefined ? undefined : files.get(path.startsWith('/') ? path.slice(1) : `xl/${path}`);
}

const rootOf = (xml: Bytes): XmlElement | null => parseXml(new TextDecoder().decode(xml)).root;

const elementsIn = (parent: XmlElement | null | undefined): XmlElement[] =>
  parent?.children.filter((child) => child instanceof XmlElement) ?? [];

const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);

/** Bytes of a sheet that are searched at once. */
const searchedAtOnce = 1_000_000;
/** Longer than any tag of a row or cell. */
const overlap = 200;

/** Why a sheet spans too many cells, including empty ones: the library fills all of them. */
function whyTooWide(sheet: Bytes): string | undefined {
  const decoder = new TextDecoder('latin1');
  let rows = 0;
  let columns = 0;
  for (let from = 0; from < sheet.length; from += searchedAtOnce) {
    const part = decoder.decode(sheet.subarray(from, from + searchedAtOnce + overlap));
    for (const { 1: row } of part.matchAll(/<(?:\w+:)?row\b[^>]*?\sr="(\d+)"/g))
      rows = Math.max(rows, Number(row));
    for (const { 1: letters, 2: row } of part.matchAll(/<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)(\d+)"/g)) {
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnNumber(letters!));
    }
  }
  if (rows * columns <= limits.sheetCells) return undefined;
  return `A sheet reaches over ${count(rows, 'row')} and ${count(columns, 'column')}; the limit is ${count(limits.sheetCells, 'cell')}. Delete what is far outside, or save it as CSV.`;
}

/** `A` is 1, `AA` is 27. */
const columnNumber = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** A number exactly as in the file, which writes large whole numbers with an exponent. */
function exactNumber(digits: string): string {
  if (!/e/i.test(digits)) return digits;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? String(number) : digits;
}

type Cell = string | number | boolean | Date | null;

function tableOf(rows: readonly (readonly Cell[])[]): WorkbookText {
  const lines = rows.map((row) => {
    const cells = row.map((cell) => quotedCell(textOf(cell)));
    // Blank rows become blank lines.
    return cells.every((cell) => cell === '') ? '' : cells.join('\t');
  });
  if (lines.every((line) => line === '')) return { ok: false, message: 'The sheet is empty.' };
  const text = SourceText.ofSlices(lines.map((line) => `${line}\n`));
  return text.bytes.length > limits.fileBytes
    ? { ok: false, message: `The sheet has more than ${sizeInWords(limits.fileBytes)} of text. Split it.` }
    : { ok: true, text };
}

/** Cells with other delimiters are quoted, so that detection isn’t misled. */
const quotedCell = (cell: string): string =>
  /[,;|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : quoted(cell, '\t');

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return cell instanceof Date ? dateText(cell) : String(cell);
}

const firstDay = Date.UTC(1900, 0, 1);

/** `2024-05-01`, `2024-05-01T10:00:00`, or `10:00:00` for only a time. Excel has no time zones. */
function dateText(date: Date): string {
  // Fractions of a day are rarely whole milliseconds.
  const rounded = new Date(Math.round(date.getTime() / 1000) * 1000);
  if (Number.isNaN(rounded.getTime())) return '';
  const [day, time] = rounded.toISOString().split(/[T.]/);
  if (rounded.getTime() < firstDay) return time!;
  return time === '00:00:00' ? day! : `${day}T${time}`;
}
