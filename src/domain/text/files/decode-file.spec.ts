import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeFile, type FileParts } from './decode-file.ts';

const text = 'task;label\r\n12;schön 😀\r';
const asRead = 'task;label\n12;schön 😀\n';

const bytesOf = (words: string) => Buffer.from(words, 'latin1');

function utf16(words: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
  const stored = Buffer.from(words, 'utf16le');
  return Uint8Array.from(isBigEndian ? stored.swap16() : stored);
}

/** A file in memory, and the parts of it that were read. */
function fileOf(bytes: Uint8Array) {
  const reads: { from: number; to: number }[] = [];
  const file: FileParts = {
    size: bytes.length,
    async read(from, to) {
      reads.push({ from, to });
      return Uint8Array.from(bytes.subarray(from, to));
    },
  };
  return { file, reads };
}

describe('decodeFile', () => {
  it.each<[string, Uint8Array<ArrayBuffer>, string, boolean]>([
    ['UTF-8', Buffer.from(text), 'utf-8', false],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8', false],
    ['UTF-16', utf16(`\ufeff${text}`, false), 'utf-16le', false],
    ['UTF-16 the other way round', utf16(`\ufeff${text}`, true), 'utf-16be', false],
    ['UTF-16 without a byte order mark', utf16(text, false), 'utf-16le', false],
    ['gzip', gzipSync(text), 'utf-8', true],
    ['gzip of UTF-16', gzipSync(utf16(`\ufeff${text}`, false)), 'utf-16le', true],
  ])('reads %s', async (_, bytes, encoding, wasPacked) => {
    const read = await decodeFile(fileOf(bytes).file);
    expect(read).toMatchObject({ ok: true, encoding, wasPacked });
    expect(read.ok && String(read.text)).toBe(asRead);
  });

  it('reads a table whose first column is named like a binary format', async () => {
    const table = 'ID3,label\n12,x\n';
    const read = await decodeFile(fileOf(Buffer.from(table)).file);
    expect(read.ok && String(read.text)).toBe(table);
  });

  it('reads an empty file as an empty text', async () => {
    const read = await decodeFile(fileOf(new Uint8Array()).file);
    expect(read.ok && String(read.text)).toBe('');
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string, number?]>([
    ['another encoding', Buffer.from('a\nsch\u00f6n', 'latin1'), 'isn’t UTF-8: line 2 has the byte F6', 2],
    ['an image', bytesOf('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'), 'This is an image (PNG), not a text file.'],
    ['a photo', bytesOf('\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0'), 'This is an image (JPEG)'],
    ['an image of RIFF', bytesOf('RIFF\u0024\u0001\0\0WEBPVP8 '), 'This is an image (WebP)'],
    ['a PDF', bytesOf('%PDF-1.4\nplain text'), 'This is a PDF document'],
    ['an Excel workbook', bytesOf('PK\u0003\u0004\u00f2'), 'is an Excel workbook', 1],
    ['half a character', Buffer.from('\ufeffa\ud83d', 'utf16le'), 'looks like UTF-16, but'],
    ['gzip that is cut off', gzipSync(text).subarray(0, 25), 'damaged or cut off'],
    [
      'gzip with something after it',
      Buffer.concat([gzipSync(text), Buffer.from('more')]),
      'damaged or cut off',
    ],
  ])('refuses %s', async (_, bytes, message, line) => {
    const read = await decodeFile(fileOf(bytes).file);
    expect(read).toEqual({
      ok: false,
      message: expect.stringContaining(message) as string,
      ...(line !== undefined && { line }),
    });
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['a text', Buffer.from(text), 'is more than 20 bytes'],
    ['UTF-16', utf16(text, false), 'is more than 20 bytes'],
    ['a packed text many times as long', gzipSync(text.repeat(100_000)), 'unpacks to more than 40 kB'],
    ['one that claims to be short', claiming(gzipSync(text.repeat(10_000)), 5), 'unpacks to more than 40 kB'],
  ])('refuses %s that is too large', async (_, bytes, message) => {
    const read = await decodeFile(fileOf(bytes).file, message.includes('kB') ? 40_000 : 20);
    expect(read).toEqual({ ok: false, message: `This file ${message}. Split it.` });
  });

  it('reads nothing of a file that is too large', async () => {
    const { file, reads } = fileOf(Buffer.from(text));
    await decodeFile(file, 20);
    expect(reads).toEqual([]);
  });

  it('stops reading a gzip file when it gets too large', async () => {
    const { file, reads } = fileOf(gzipSync(randomBytes(8_000_000).toString('hex')));
    expect(await decodeFile(file, 10_000_000)).toMatchObject({
      message: 'This file unpacks to more than 10 MB. Split it.',
    });
    expect(reads.at(-1)!.to).toBeLessThan(file.size);
  });

  it('accepts a gzip file of exactly the limit', async () => {
    const read = await decodeFile(fileOf(gzipSync('a'.repeat(40_000))).file, 40_000);
    expect(read.ok && read.text.length).toBe(40_000);
  });

  it.each([0, 5, 0xffff_ffff])('refuses a gzip file that declares %i bytes but has others', async (size) => {
    const read = await decodeFile(fileOf(claiming(gzipSync(text), size)).file);
    expect(read).toMatchObject({ message: expect.stringContaining('damaged or cut off') as string });
  });

  it.each([
    ['a text', Buffer.from(text), 1],
    ['a packed text', gzipSync(text), 2],
  ])('throws if %s can’t be read any more', async (_, bytes, readable) => {
    const { file, reads } = fileOf(bytes);
    const gone = new Error('gone');
    const read: FileParts['read'] = (from, to) =>
      reads.length < readable ? file.read(from, to) : Promise.reject(gone);
    await expect(decodeFile({ ...file, read })).rejects.toBe(gone);
  });
});

/** The same gzip bytes with another size in their trailer. */
function claiming(packed: Buffer, size: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(packed);
  new DataView(bytes.buffer).setUint32(bytes.length - 4, size, true);
  return bytes;
}
