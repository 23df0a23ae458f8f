import { decodeFile, type FileText } from '#domain/text/decode-file.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** Reads a file as text, or says why it can't. */
export async function readFile(file: Blob): Promise<FileText> {
  const bytes = await bytesOf(file);
  if (bytes) return decodeFile(bytes);
  return { ok: false, message: 'The file could not be read. It may have been moved or changed.' };
}

/** Undefined where the browser cannot read it. */
export async function bytesOf(file: Blob): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}
