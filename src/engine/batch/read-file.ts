import { decodeFile, type FileText } from '#domain/text/files/decode-file.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** Reads a file as text, or says why it can’t. */
export async function readFile(file: Blob): Promise<FileText> {
  let wasRead = true;
  const read = async (from: number, to: number) => {
    const bytes = await bytesOf(file.slice(from, to));
    if (bytes) return bytes;
    wasRead = false;
    throw new Error('The browser can’t read the file.');
  };
  try {
    return await decodeFile({ size: file.size, read });
  } catch (cause) {
    if (wasRead) throw cause;
    return { ok: false, message: 'The file could not be read. It may have been moved or changed.' };
  }
}

/** Undefined if the browser can’t read it. */
export async function bytesOf(file: Blob): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}
