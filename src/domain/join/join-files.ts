import { CLOSE_LIST, COMMA, LINE_FEED, OPEN_LIST } from '#wire/text/char-codes.ts';
import { wrappedItems } from '#domain/parse/exports/export-kind.ts';
import { detectDialect, type Dialect } from '#domain/parse/table/dialect.ts';
import { bundleOf } from '#domain/text/files/bundle.ts';
import { areLabels, isClassList } from '#domain/text/files/label-files.ts';
import { joined, SourceText, type Bytes } from '#domain/text/source-text.ts';
import { fitRows, tableOf, type FittedRows } from './fit-rows.ts';

/** A file that was decoded. */
export interface NamedText {
  name: string;
  text: SourceText;
}

export type JoinedTexts = { ok: true; text: SourceText } | { ok: false; message: string };

const encoder = new TextEncoder();
const lineFeed = Uint8Array.of(LINE_FEED);

type Kind = 'json' | 'lines' | 'table' | 'labels';

const kinds: readonly [Kind, RegExp][] = [
  ['json', /\.json(?:\.gz)?$/i],
  ['lines', /\.(?:jsonl|ndjson)(?:\.gz)?$/i],
  ['table', /\.(?:csv|tsv|tab|txt)(?:\.gz)?$/i],
  ['labels', /\.(?:names|ya?ml)$/i],
];

/**
 * Joins files that were opened together: items of JSON files to one list, lines by appending, tables by their columns,
 * and label files to a bundle with their names.
 */
export function joinTexts(files: readonly NamedText[]): JoinedTexts {
  const read = withoutCompanions(files);
  const [first] = read;
  if (first === undefined) return { ok: false, message: 'Sheaf can read none of these files.' };
  if (read.length === 1) return { ok: true, text: first.text };
  const areOfYolo = read.some(isOfYolo);
  const found = read.map(({ name }) => (areOfYolo && isText(name) ? 'labels' : kindOf(name)));
  const kind = found[0]!;
  const other = found.findIndex((one) => one !== kind);
  if (kind === undefined || other >= 0) {
    const [one, two] = [first.name, read[Math.max(1, other)]!.name];
    return { ok: false, message: `${one} and ${two} are of different kinds. Open one of them at a time.` };
  }
  const inOrder = read.toSorted((one, two) => (one.name < two.name ? -1 : 1));
  switch (kind) {
    case 'json':
      return { ok: true, text: listOf(inOrder) };
    case 'lines':
      return { ok: true, text: SourceText.ofOwn(joined(inOrder.map(({ text }) => withLineEnd(text.bytes)))) };
    case 'table':
      return joinTables(inOrder);
    case 'labels':
      return { ok: true, text: bundleOf(inOrder) };
  }
}

const kindOf = (name: string): Kind | undefined => kinds.find(([, ending]) => ending.test(name))?.[0];

const isText = (name: string): boolean => /\.txt$/i.test(name);

const isOfYolo = ({ name, text }: NamedText): boolean =>
  isClassList(name) || (isText(name) && areLabels(text.slice(0, 2000)));

const isReadme = (name: string): boolean => /(?:^|\/)readme\b[^/]*\.(?:txt|md)$/i.test(name);

/** Files without those that only describe others: a readme, and the `notes.json` of Label Studio’s YOLO export. */
function withoutCompanions(files: readonly NamedText[]): readonly NamedText[] {
  const hasClasses = files.some(({ name }) => isClassList(name));
  const isCompanion = (name: string) => isReadme(name) || (hasClasses && /(?:^|\/)notes\.json$/i.test(name));
  const others = files.filter(({ name }) => !isCompanion(name));
  return others.length > 0 ? others : files;
}

function withLineEnd(bytes: Bytes): Bytes {
  return bytes.length === 0 || bytes.at(-1) === LINE_FEED ? bytes : joined([bytes, lineFeed]);
}

/** Joins the files’ values, the items of their lists, or the tasks of their answers of the API, to one list. */
function listOf(files: readonly NamedText[]): SourceText {
  const pieces: Bytes[] = [encoder.encode('[\n')];
  for (const { text } of files) {
    const wrapped = wrappedItems(text);
    const items = itemsIn(wrapped ? text.bytes.subarray(wrapped.from, wrapped.to) : text.bytes);
    if (items.length === 0) continue;
    if (pieces.length > 1) pieces.push(encoder.encode(',\n'));
    pieces.push(items);
  }
  pieces.push(encoder.encode('\n]\n'));
  return SourceText.ofOwn(joined(pieces));
}

/** The bytes without surrounding white space, and without the brackets of a list. */
export function itemsIn(bytes: Bytes): Bytes {
  const isSpace = (at: number) => bytes[at]! <= 0x20;
  let from = 0;
  let to = bytes.length;
  const trim = () => {
    while (from < to && isSpace(from)) from += 1;
    while (to > from && isSpace(to - 1)) to -= 1;
  };
  trim();
  if (bytes[from] === OPEN_LIST && bytes[to - 1] === CLOSE_LIST) {
    from += 1;
    to -= 1;
    trim();
    if (bytes[to - 1] === COMMA) to -= 1;
  }
  return bytes.subarray(from, to);
}

function joinTables(files: readonly NamedText[]): JoinedTexts {
  const [first, ...others] = files;
  const dialect = detectDialect(first!.text);
  const table = tableOf(first!.text, dialect);
  const pieces = [withLineEnd(first!.text.bytes)];
  for (const { name, text } of others) {
    const fitted = dialect.hasHeader
      ? fitRows(table, text, first!.name)
      : fitWithoutHeader(dialect, text, first!.name);
    const why = 'why' in fitted ? fitted.why : whyEmpty(fitted.empty, first!.name);
    if (why !== undefined)
      return { ok: false, message: `${name}: ${why} Open one of these files at a time.` };
    if ('rows' in fitted) pieces.push(withLineEnd(fitted.rows.bytes));
  }
  return { ok: true, text: SourceText.ofOwn(joined(pieces)) };
}

const whyEmpty = ([column]: readonly string[], owner: string): string | undefined =>
  column === undefined ? undefined : `It has no column “${column}”, which ${owner} has.`;

function fitWithoutHeader({ delimiter }: Dialect, text: SourceText, owner: string): FittedRows {
  const own = detectDialect(text);
  if (own.hasHeader) return { why: `It has a header, and ${owner} has none.` };
  if (own.delimiter !== delimiter) return { why: `Its delimiter isn’t that of ${owner}.` };
  return { rows: text, empty: [] };
}
