import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { binaryFileMessage, binaryHeadLength } from './binary-files.ts';
import {
  encodingOf,
  findInvalidUtf8,
  headLength,
  isGzip,
  textOfSlices,
  withPlainLineEnds,
  type Encoding,
} from '#domain/text/decode.ts';
import { SourceText, type Bytes } from '#domain/text/source-text.ts';

/** A file’s text, or why it can’t be read, in words for people. */
export type FileText =
  | { ok: true; text: SourceText; encoding: Encoding; wasPacked: boolean }
  /** `line` is where the file stops being text. */
  | { ok: false; message: string; line?: number };

/** A file that is read in parts, so that a refused file is never in memory as a whole. */
export interface FileParts {
  /** In bytes. */
  size: number;
  read(from: number, to: number): Promise<Bytes>;
}

/**
 * Decodes a file: UTF-8 or UTF-16, optionally gzipped, without its byte order mark and with normalized line ends.
 * Refuses a file that isn’t text or is too large.
 *
 * @throws what `file.read` throws
 */
export async function decodeFile(file: FileParts, maxBytes: number = limits.fileBytes): Promise<FileText> {
  const tooLarge = (is: string) =>
    ({ ok: false, message: `This file ${is} more than ${sizeInWords(maxBytes)}. Split it.` }) as const;
  if (file.size > maxBytes) return tooLarge('is');
  const head = await file.read(0, Math.min(binaryHeadLength, file.size));
  const isBinary = binaryFileMessage(head);
  if (isBinary !== undefined) return { ok: false, message: isBinary };
  const wasPacked = isGzip(head);
  const bytes = wasPacked ? await unpack(file, maxBytes) : await file.read(0, file.size);
  if (bytes === 'damaged')
    return {
      ok: false,
      message: 'The file is packed with gzip, but it is damaged or cut off. Pack it again.',
    };
  if (bytes === 'too large') return tooLarge('unpacks to');
  const encoding = encodingOf(bytes.subarray(0, headLength));
  if (encoding === 'utf-8')
    return findNoText(bytes) ?? { ok: true, text: ofUtf8(bytes), encoding, wasPacked };
  try {
    const units = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { ok: true, text: textOfSlices([units]), encoding, wasPacked };
  } catch {
    return { ok: false, message: 'The file looks like UTF-16, but parts of it aren’t text.' };
  }
}

/** The maximum compression ratio of deflate (https://zlib.net/zlib_tech.html). */
const maxRatio = 1032;

/** Bytes read from the file at once. */
const readAtOnce = 1_048_576;
/** Bytes unpacked at once. The unpacker buffers its whole output, up to `maxRatio` times as much. */
const unpackedAtOnce = 4096;

/**
 * Unpacks into one array of the size in the file’s trailer, so that nothing is in memory twice. If that size is wrong
 * or too large, nothing is kept, and unpacking continues only to find out why the file is refused.
 */
async function unpack(file: FileParts, maxBytes: number): Promise<Bytes | 'damaged' | 'too large'> {
  const size = await sizeInTrailer(file);
  let kept = size <= Math.min(maxBytes, maxRatio * file.size) ? new Uint8Array(size) : undefined;
  let length = 0;
  const { readable, writable } = new DecompressionStream('gzip');
  let unreadable: { cause: unknown } | undefined;
  void writeAll(file, writable.getWriter(), (cause) => (unreadable = { cause }));
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return kept?.length === length ? kept : 'damaged';
      if (kept && length + value.length <= kept.length) kept.set(value, length);
      else kept = undefined;
      length += value.length;
      if (length > maxBytes) break;
    }
  } catch {
    if (unreadable !== undefined) throw unreadable.cause;
    return 'damaged';
  }
  reader.cancel().catch(() => {});
  return 'too large';
}

/** The unpacked size modulo 2 ** 32 (RFC 1952, ISIZE); any number if the file is damaged. */
async function sizeInTrailer(file: FileParts): Promise<number> {
  const trailer = await file.read(Math.max(0, file.size - 4), file.size);
  return trailer.reduceRight((size, byte) => size * 256 + byte, 0);
}

/** Writes each chunk and waits until it was consumed. The reader reports errors in the data, too. */
async function writeAll(
  file: FileParts,
  writer: ReturnType<DecompressionStream['writable']['getWriter']>,
  onUnreadable: (cause: unknown) => void,
): Promise<void> {
  try {
    for (let from = 0; from < file.size; from += readAtOnce) {
      const block = await file.read(from, Math.min(file.size, from + readAtOnce)).catch((cause: unknown) => {
        onUnreadable(cause);
        throw cause;
      });
      for (let at = 0; at < block.length; at += unpackedAtOnce)
        await writer.write(block.subarray(at, at + unpackedAtOnce));
    }
    await writer.close();
  } catch (cause) {
    await writer.abort(cause).catch(() => {});
  }
}

function findNoText(bytes: Bytes): FileText | undefined {
  const noText = findInvalidUtf8(bytes);
  if (noText === undefined) return undefined;
  const { line } = noText;
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (isWorkbook)
    return {
      ok: false,
      message: 'This is an Excel workbook or another zip file. Copy the cells, or save it as CSV.',
      line,
    };
  const byte = noText.byte.toString(16).toUpperCase().padStart(2, '0');
  const message = `The file isn’t UTF-8: line ${line} has the byte ${byte}. Save it as “CSV UTF-8”, or as UTF-16.`;
  return { ok: false, message, line };
}

/** Doesn’t create a string from the bytes. */
function ofUtf8(bytes: Bytes): SourceText {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return SourceText.ofUtf8(withPlainLineEnds(hasMark ? bytes.subarray(3) : bytes));
}
