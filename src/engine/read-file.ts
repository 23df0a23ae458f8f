import {
  encodingOf,
  findNoUtf8,
  headLength,
  isGzip,
  textOfSlices,
  withPlainLineEnds,
  type Encoding,
} from '#domain/text/decode.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';

/** A file's text, or why there is none, in words for people. */
export type FileText =
  { ok: true; text: SourceText; encoding: Encoding; wasPacked: boolean } | { ok: false; message: string };

/** In UTF-16 code units: no string can be longer, and the text is read as one. */
const longestText = 2 ** 29 - 24;

/**
 * Reads a file as text: UTF-8 or UTF-16, packed with gzip or not. Its lines end as the editor ends them; a byte order mark
 * is left out. A file that is no text is refused, with the place where it stops being one.
 */
export async function readFile(file: Blob): Promise<FileText> {
  const head = await bytesOf(file.slice(0, headLength));
  if (head === undefined) return { ok: false, message: unreadable };
  const wasPacked = isGzip(head);
  const bytes = wasPacked ? await unpack(file) : await bytesOf(file);
  if (bytes === undefined) return { ok: false, message: wasPacked ? damaged : unreadable };
  const encoding = encodingOf(bytes.subarray(0, headLength));
  const text = encoding === 'utf-8' ? ofUtf8(bytes) : ofUtf16(bytes, encoding);
  return typeof text === 'string' ? { ok: false, message: text } : { ok: true, text, encoding, wasPacked };
}

const unreadable = 'The file could not be read. It may have been moved or changed.';
const damaged = 'The file is packed with gzip, but it is damaged or cut off. Pack it again.';
const tooLarge = 'The file is larger than one text may be. Split it in two.';

/** Undefined where the browser cannot read it. */
export async function bytesOf(file: Blob): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

async function unpack(file: Blob): Promise<Bytes | undefined> {
  try {
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** The bytes as they are, or why they are no text. No string is made of them. */
function ofUtf8(bytes: Bytes): SourceText | string {
  const noText = findNoUtf8(bytes);
  if (noText !== undefined) {
    const byte = noText.byte.toString(16).toUpperCase().padStart(2, '0');
    return `The file is no UTF-8: line ${noText.line} has the byte ${byte}. Save it as “CSV UTF-8”, or as UTF-16.`;
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = SourceText.ofUtf8(withPlainLineEnds(hasMark ? bytes.subarray(3) : bytes));
  return text.length > longestText ? tooLarge : text;
}

function ofUtf16(bytes: Bytes, encoding: Encoding): SourceText | string {
  if (bytes.length / 2 > longestText) return tooLarge;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return textOfSlices([text]);
  } catch {
    return 'The file looks like UTF-16, but parts of it are no text.';
  }
}
