import { unzipSync, zipSync } from 'fflate';
import { limits } from '#wire/limits.ts';
import { count, figure } from '#wire/text/figures.ts';
import { sizeInWords } from '#wire/text/words.ts';
import type { Bytes } from '#domain/text/source-text.ts';

/** A file in an archive. */
export interface ArchivedFile {
  name: string;
  /** In bytes according to the archive; never more is unpacked. */
  size: number;
}

/** Lists the files of an archive without unpacking them; undefined if it is damaged. */
export function listArchive(bytes: Bytes): ArchivedFile[] | undefined {
  const files: ArchivedFile[] = [];
  try {
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        files.push({ name, size: originalSize });
        return false;
      },
    });
    return files;
  } catch {
    return undefined;
  }
}

/** Why files are too large to unpack together, in words for people; undefined if they aren’t. */
export function whyTooLarge(files: readonly ArchivedFile[], maxBytes: number): string | undefined {
  if (files.length > limits.openedFiles)
    return `There are ${count(files.length, 'file')}; the limit is ${figure(limits.openedFiles)}. Split them.`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return size > maxBytes ? `It unpacks to more than ${sizeInWords(maxBytes)}. Split it.` : undefined;
}

/** Unpacks some files; undefined if one is damaged or differs from its entry in the archive. */
export function unpack(bytes: Bytes, names: ReadonlySet<string>): Map<string, Bytes> | undefined {
  try {
    const checksums = checksumsIn(bytes);
    const wanted = new Map<string, number>();
    let index = 0;
    const files = unzipSync(bytes, {
      filter({ name }) {
        const checksum = checksums[index++];
        const isWanted = names.has(name);
        if (isWanted) wanted.set(name, checksum!);
        return isWanted;
      },
    });
    const unpacked = new Map(Object.entries(files).map(([name, file]) => [name, new Uint8Array(file)]));
    // The unpacker silently cuts a file that is longer than the archive states.
    return [...unpacked].every(([name, file]) => checksumOf(file) === wanted.get(name))
      ? unpacked
      : undefined;
  } catch {
    return undefined;
  }
}

/** Packs files without compressing them. */
export const store = (files: ReadonlyMap<string, Bytes>): Bytes =>
  new Uint8Array(zipSync(Object.fromEntries(files), { level: 0 }));

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** The CRC-32 of each file in the order of the central directory (APPNOTE.TXT 4.3.12 to 4.3.16). */
function checksumsIn(bytes: Bytes): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== endOfDirectory) end -= 1;
  let at = view.getUint32(end + 16, true);
  // Zip64 stores the offset elsewhere.
  if (at === 0xffff_ffff)
    at = Number(view.getBigUint64(Number(view.getBigUint64(end - 12, true)) + 48, true));
  const checksums: number[] = [];
  while (at + 46 <= bytes.length && view.getUint32(at, true) === directoryEntry) {
    checksums.push(view.getUint32(at + 16, true));
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return checksums;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb8_8320;
  return value >>> 0;
});

function checksumOf(bytes: Bytes): number {
  let value = 0xffff_ffff;
  for (let at = 0; at < bytes.length; at += 1) value = table[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}
