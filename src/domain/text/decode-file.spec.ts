import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeFile } from './decode-file.ts';

const text = 'task;label\r\n12;schön 😀\r';
const asRead = 'task;label\n12;schön 😀\n';

const bytesOf = (words: string) => Buffer.from(words, 'latin1');

function utf16(words: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
  const stored = Buffer.from(words, 'utf16le');
  return Uint8Array.from(isBigEndian ? stored.swap16() : stored);
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
    const read = await decodeFile(Uint8Array.from(bytes));
    expect(read).toMatchObject({ ok: true, encoding, wasPacked });
    expect(read.ok && String(read.text)).toBe(asRead);
  });

  it('reads an empty file as an empty text', async () => {
    const read = await decodeFile(new Uint8Array());
    expect(read.ok && String(read.text)).toBe('');
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string, number?]>([
    ['another encoding', Buffer.from('a\nsch\u00f6n', 'latin1'), 'isn’t UTF-8: line 2 has the byte F6', 2],
    ['an Excel workbook', bytesOf('PK\u0003\u0004\u00f2'), 'is an Excel workbook', 1],
    ['half a character', Buffer.from('\ufeffa\ud83d', 'utf16le'), 'looks like UTF-16, but'],
    ['gzip that is cut off', gzipSync(text).subarray(0, 25), 'damaged or cut off'],
    [
      'gzip with something behind it',
      Buffer.concat([gzipSync(text), Buffer.from('more')]),
      'damaged or cut off',
    ],
  ])('refuses %s', async (_, bytes, message, line) => {
    const read = await decodeFile(Uint8Array.from(bytes));
    expect(read).toEqual({
      ok: false,
      message: expect.stringContaining(message) as string,
      ...(line !== undefined && { line }),
    });
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['a text', Buffer.from(text), 'is more than 500 MB'],
    ['UTF-16', utf16(text, false), 'is more than 500 MB'],
    ['a packed text', gzipSync(text), 'unpacks to more than 500 MB'],
    ['a packed text many times as long', gzipSync(text.repeat(10_000)), 'unpacks to more than 500 MB'],
  ])('refuses %s that is too long for one string', async (_, bytes, message) => {
    const read = await decodeFile(Uint8Array.from(bytes), 20);
    expect(read).toEqual({ ok: false, message: expect.stringContaining(message) as string });
  });
});
