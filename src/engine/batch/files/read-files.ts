import { joinTexts, type NamedText } from '#domain/join/join-files.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { bytesOf, readFile } from '#engine/batch/read-file.ts';

/**
 * The joined text of opened files, the sheets to choose from, or why they can’t be read, in words for people. `note`
 * says what reads otherwise than it is displayed.
 */
export type FilesText =
  | { ok: true; text: SourceText; note?: string }
  | { ok: false; sheets: string[] }
  | { ok: false; message: string };

const unreadable =
  'It could not be read. If it is a folder, open its files instead; a file may have been moved or changed.';

/** Reads files: text (also gzipped), an Excel workbook, of which `sheet` is read, or an archive of such files. */
export async function readFiles(files: readonly File[], sheet?: string): Promise<FilesText> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > 1 && size > limits.fileBytes)
    return {
      ok: false,
      message: `These files are more than ${sizeInWords(limits.fileBytes)}. Open fewer at a time.`,
    };
  if (size === 0 && files.length > 0) return { ok: false, message: 'The file is empty.' };
  const texts: NamedText[] = [];
  let note: string | undefined;
  for (const file of files) {
    const read = await readOne(file, sheet);
    if (!read.ok)
      return 'message' in read && files.length > 1
        ? { ok: false, message: `${file.name}: ${read.message}` }
        : read;
    texts.push(...read.texts);
    note ??= read.note;
  }
  const joined = joinTexts(texts);
  return joined.ok && note !== undefined ? { ...joined, note } : joined;
}

/** The format of Excel before 2007, in which newer workbooks with a password are wrapped, too. */
const oldOffice =
  'This is an old Excel workbook (.xls), or one with a password. Save it as .xlsx without a password, or as CSV.';

const startsWith = (head: Bytes, signature: readonly number[]): boolean =>
  signature.every((byte, at) => head[at] === byte);

type Read = { ok: true; texts: NamedText[]; note?: string | undefined } | Exclude<FilesText, { ok: true }>;

async function readOne(file: File, sheet: string | undefined): Promise<Read> {
  const head = await bytesOf(file.slice(0, 4));
  if (head === undefined) return { ok: false, message: unreadable };
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return { ok: false, message: oldOffice };
  const isZip = startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6]);
  if (!isZip) {
    const read = await readFile(file);
    return read.ok ? { ok: true, texts: [{ name: file.name, text: read.text }] } : read;
  }
  if (file.size > limits.fileBytes)
    return { ok: false, message: `This file is more than ${sizeInWords(limits.fileBytes)}. Split it.` };
  const bytes = await bytesOf(file);
  return bytes === undefined ? { ok: false, message: unreadable } : readZip(file.name, bytes, sheet);
}

/** Skips images, hidden files and folders of an archive. */
const isWanted = (name: string): boolean =>
  /\.(?:json|jsonl|ndjson|csv|tsv|tab|txt|names|ya?ml)$/i.test(name) &&
  !/(?:^|\/)(?:\.|__MACOSX\/)/.test(name);

/** Documents that are archives, by one of their parts. */
const documents: readonly [part: RegExp, message: string][] = [
  [
    /^word\/document\.xml$/,
    'This is a Word document. Copy its table into a spreadsheet, or save the data as CSV.',
  ],
  [
    /^ppt\/presentation\.xml$/,
    'This is a PowerPoint presentation. Copy its table into a spreadsheet, or save the data as CSV.',
  ],
  [/^xl\/workbook\.bin$/, 'This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.'],
  [/^content\.xml$/, 'This is an OpenDocument file, such as an .ods spreadsheet. Save it as .xlsx or CSV.'],
  [
    /^Index(?:\/.*\.iwa|\.zip)$/,
    'This is a document of Apple’s Numbers or Pages. Export it as .xlsx or CSV.',
  ],
];

async function readZip(name: string, bytes: Bytes, sheet: string | undefined): Promise<Read> {
  const { listArchive, unpack, whyTooLarge } = await import('./archive.ts');
  const listed = listArchive(bytes);
  if (listed === undefined)
    return { ok: false, message: 'The archive is damaged or cut off. Pack it again.' };
  if (listed.some((one) => one.name === 'xl/workbook.xml')) {
    const { readWorkbook } = await import('./workbook.ts');
    const read = await readWorkbook(bytes, sheet);
    if (!read.ok) return read;
    const { text, note } = read;
    return { ok: true, texts: [{ name: name.replace(/\.\w+$/, '.tsv'), text }], note };
  }
  const wanted = listed.filter((one) => isWanted(one.name));
  const message = whyTooLarge(wanted, limits.fileBytes);
  if (message !== undefined) return { ok: false, message };
  if (wanted.length === 0) {
    const document = documents.find(([part]) => listed.some((one) => part.test(one.name)));
    const other = 'The archive has no file that Sheaf can read: JSON, CSV or text.';
    return { ok: false, message: document?.[1] ?? other };
  }
  const files = unpack(bytes, new Set(wanted.map((one) => one.name)));
  if (files === undefined) return { ok: false, message: 'The archive is damaged or cut off. Pack it again.' };
  const texts: NamedText[] = [];
  for (const [inner, content] of files) {
    const read = await readFile(new Blob([content]));
    if (!read.ok) return { ok: false, message: `${inner}: ${read.message}` };
    texts.push({ name: inner, text: read.text });
  }
  return { ok: true, texts };
}
