import { CLOSE_LIST, COMMA, LINE_FEED, OPEN_LIST } from '#wire/text/char-codes.ts';
import { bundleOf } from '#domain/text/files/bundle.ts';
import { joined, SourceText, type Bytes } from '#domain/text/source-text.ts';

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
  ['table', /\.(?:csv|tsv|tab)(?:\.gz)?$/i],
  ['labels', /\.(?:txt|names|ya?ml)$/i],
];

/**
 * Joins files that were opened together: items of JSON files to one list, lines by appending, tables with the same
 * header to one, and label files to a bundle with their names.
 */
export function joinTexts(files: readonly NamedText[]): JoinedTexts {
  const [first] = files;
  if (first === undefined) return { ok: false, message: 'There is no file that Sheaf can read.' };
  if (files.length === 1) return { ok: true, text: first.text };
  const found = files.map(({ name }) => kindOf(name));
  const kind = found[0]!;
  const other = found.findIndex((one) => one !== kind);
  if (kind === undefined || other >= 0) {
    const [one, two] = [first.name, files[Math.max(1, other)]!.name];
    return { ok: false, message: `${one} and ${two} are of different kinds. Open one of them at a time.` };
  }
  const inOrder = files.toSorted((one, two) => (one.name < two.name ? -1 : 1));
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

function withLineEnd(bytes: Bytes): Bytes {
  return bytes.length === 0 || bytes.at(-1) === LINE_FEED ? bytes : joined([bytes, lineFeed]);
}

/** Joins the files’ values, or the items of their lists, to one list. */
function listOf(files: readonly NamedText[]): SourceText {
  const pieces: Bytes[] = [encoder.encode('[\n')];
  for (const { text } of files) {
    const items = itemsIn(text.bytes);
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
  const header = headerOf(first!.text);
  const pieces = [withLineEnd(first!.text.bytes)];
  for (const { name, text } of others) {
    const { line, end } = headerOf(text);
    if (line !== header.line)
      return {
        ok: false,
        message: `${first!.name} and ${name} have different columns. Open one of them at a time.`,
      };
    pieces.push(withLineEnd(text.bytes.subarray(end)));
  }
  return { ok: true, text: SourceText.ofOwn(joined(pieces)) };
}

/** The first line, and the offset after it. */
export function headerOf(text: SourceText): { line: string; end: number } {
  const feed = text.bytes.indexOf(LINE_FEED);
  const end = feed < 0 ? text.bytes.length : feed + 1;
  return { line: text.slice(0, end).trim(), end };
}
