import { limits } from '#wire/limits.ts';
import {
  encodingOf,
  findNoUtf8,
  headLength,
  isGzip,
  textOfSlices,
  withPlainLineEnds,
  type Encoding,
} from './decode.ts';
import { joined, SourceText, type Bytes } from './source-text.ts';

/** A file's text, or why there is none, in words for people. */
export type FileText =
  | { ok: true; text: SourceText; encoding: Encoding; wasPacked: boolean }
  /** `line` where the file stops being text. */
  | { ok: false; message: string; line?: number };

const damaged = 'The file is packed with gzip, but it is damaged or cut off. Pack it again.';

/**
 * Decodes a file: UTF-8 or UTF-16, packed with gzip or not, without its byte order mark and with plain line ends. A file
 * that isn't text is refused. The bytes are taken over.
 */
export async function decodeFile(file: Bytes, maxUnits = limits.sourceUnits): Promise<FileText> {
  const wasPacked = isGzip(file);
  const tooLarge = {
    ok: false,
    message: `This file ${wasPacked ? 'unpacks to' : 'is'} more than 500 MB. Split it.`,
  } as const;
  const bytes = wasPacked ? await unpack(file, 2 * maxUnits) : file;
  if (bytes === 'damaged') return { ok: false, message: damaged };
  if (bytes === 'too large') return tooLarge;
  const encoding = encodingOf(bytes.subarray(0, headLength));
  if (encoding === 'utf-8') {
    const problem = findNoText(bytes);
    if (problem) return problem;
    const text = ofUtf8(bytes);
    return text.length > maxUnits ? tooLarge : { ok: true, text, encoding, wasPacked };
  }
  if (bytes.length / 2 > maxUnits) return tooLarge;
  try {
    const units = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { ok: true, text: textOfSlices([units]), encoding, wasPacked };
  } catch {
    return { ok: false, message: 'The file looks like UTF-16, but parts of it aren’t text.' };
  }
}

/** Stops at the first byte too many, so that a small file can't fill the memory. */
async function unpack(file: Bytes, maxBytes: number): Promise<Bytes | 'damaged' | 'too large'> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  // What is wrong with the file is reported by the reader, too.
  writer.write(file).catch(() => {});
  writer.close().catch(() => {});
  const reader = readable.getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return joined(chunks);
      chunks.push(value);
      length += value.length;
      if (length > maxBytes) {
        await reader.cancel();
        return 'too large';
      }
    }
  } catch {
    return 'damaged';
  }
}

function findNoText(bytes: Bytes): FileText | undefined {
  const noText = findNoUtf8(bytes);
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

/** No string is made of the bytes. */
function ofUtf8(bytes: Bytes): SourceText {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return SourceText.ofUtf8(withPlainLineEnds(hasMark ? bytes.subarray(3) : bytes));
}
