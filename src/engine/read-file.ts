import { encodingOf, findNoUtf8, headLength, isGzip, type Encoding } from '#domain/decode.ts';

/** A file's text, or why there is none, in words for people. */
export type FileText =
  { ok: true; text: string; encoding: Encoding; wasPacked: boolean } | { ok: false; message: string };

/**
 * Reads a file as text: UTF-8 or UTF-16, packed with gzip or not. Line ends stay as they are; a byte order mark is left out.
 * A file that is no text is refused, with the place where it stops being one.
 */
export async function readFile(file: Blob): Promise<FileText> {
  const head = await bytesOf(file.slice(0, headLength));
  if (head === undefined) return { ok: false, message: unreadable };
  const wasPacked = isGzip(head);
  const bytes = wasPacked ? await unpack(file) : await bytesOf(file);
  if (bytes === undefined) return { ok: false, message: wasPacked ? damaged : unreadable };
  const encoding = encodingOf(bytes.subarray(0, headLength));
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { ok: true, text, encoding, wasPacked };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, message: noText(bytes, encoding) };
    return { ok: false, message: 'The file is larger than one text may be. Split it in two.' };
  }
}

const unreadable = 'The file could not be read. It may have been moved or changed.';
const damaged = 'The file is packed with gzip, but it is damaged or cut off. Pack it again.';

async function bytesOf(file: Blob): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

async function unpack(file: Blob): Promise<Uint8Array | undefined> {
  try {
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    return undefined;
  }
}

function noText(bytes: Uint8Array, encoding: Encoding): string {
  const place = encoding === 'utf-8' ? findNoUtf8(bytes) : undefined;
  if (place === undefined) return 'The file looks like UTF-16, but parts of it are no text.';
  const byte = place.byte.toString(16).toUpperCase().padStart(2, '0');
  return `The file is no UTF-8: line ${place.line} has the byte ${byte}. Save it as “CSV UTF-8”, or as UTF-16.`;
}
