import { open, type FileHandle } from 'node:fs/promises';
import { decodeFile, type FileParts } from '#domain/text/files/decode-file.ts';
import { joined, type Bytes, type SourceText } from '#domain/text/source-text.ts';
import { limits } from '#wire/limits.ts';

/** No problems, problems, could not be read. */
export type ExitCode = 0 | 1 | 2;

export interface Output {
  write: (text: string) => void;
  /** Writes messages for people if standard output is for machines. */
  complain: (text: string) => void;
  input: NodeJS.ReadableStream;
  /** Maximum length of an input line. */
  maxLineBytes?: number;
}

/** Undefined if it can’t be read, after printing why. */
export async function readText(file: string, { complain }: Output): Promise<SourceText | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const decoded = await decodeFile(await partsOf(handle));
    if (decoded.ok) return decoded.text;
    complain(`${file}${decoded.line === undefined ? '' : `:${decoded.line}`}: ${decoded.message}\n`);
  } catch (error) {
    complain(`${file} can’t be read: ${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    await handle?.close();
  }
  return undefined;
}

async function partsOf(handle: FileHandle): Promise<FileParts> {
  const stat = await handle.stat();
  if (stat.isFile() && stat.size > 0)
    return { size: stat.size, read: (from, to) => readPart(handle, from, to) };
  // A pipe has no size and can be read only once, as far as needed.
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    size += (chunk as Buffer).length;
    if (size > limits.fileBytes) break;
    chunks.push(Uint8Array.from(chunk as Buffer));
  }
  const bytes = size > limits.fileBytes ? new Uint8Array() : joined(chunks);
  return { size, read: async (from, to) => bytes.subarray(from, to) };
}

/** Shorter if the file has been truncated. */
async function readPart(handle: FileHandle, from: number, to: number): Promise<Bytes> {
  const bytes = new Uint8Array(to - from);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
