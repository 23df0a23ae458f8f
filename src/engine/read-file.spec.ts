import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-file.ts';

const text = 'task;label\r\n12;schön 😀\r';
const asRead = 'task;label\n12;schön 😀\n';

function utf16(words: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
  const stored = Buffer.from(words, 'utf16le');
  return Uint8Array.from(isBigEndian ? stored.swap16() : stored);
}

describe('readFile', () => {
  it.each<[string, Uint8Array<ArrayBuffer>, string, boolean]>([
    ['UTF-8', Buffer.from(text), 'utf-8', false],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8', false],
    ['UTF-16', utf16(`\ufeff${text}`, false), 'utf-16le', false],
    ['UTF-16 the other way round', utf16(`\ufeff${text}`, true), 'utf-16be', false],
    ['UTF-16 without a byte order mark', utf16(text, false), 'utf-16le', false],
    ['gzip', gzipSync(text), 'utf-8', true],
    ['gzip of UTF-16', gzipSync(utf16(`\ufeff${text}`, false)), 'utf-16le', true],
  ])('reads %s', async (_, bytes, encoding, wasPacked) => {
    const read = await readFile(new Blob([bytes]));
    expect(read).toMatchObject({ ok: true, encoding, wasPacked });
    expect(read.ok && String(read.text)).toBe(asRead);
  });

  it('reads an empty file as an empty text', async () => {
    const read = await readFile(new Blob([]));
    expect(read.ok && String(read.text)).toBe('');
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['another encoding', Buffer.from('a\nsch\u00f6n', 'latin1'), 'is no UTF-8: line 2 has the byte F6'],
    ['half a character', Buffer.from('\ufeffa\ud83d', 'utf16le'), 'looks like UTF-16, but'],
    ['gzip that is cut off', gzipSync(text).subarray(0, 25), 'damaged or cut off'],
    [
      'gzip with something behind it',
      Buffer.concat([gzipSync(text), Buffer.from('more')]),
      'damaged or cut off',
    ],
  ])('refuses %s', async (_, bytes, message) => {
    const read = await readFile(new Blob([bytes]));
    expect(read).toEqual({ ok: false, message: expect.stringContaining(message) as string });
  });

  it('says so where the browser cannot read it', async () => {
    const gone = new Blob(['a']);
    gone.slice = () => gone;
    gone.arrayBuffer = () => Promise.reject(new DOMException('Gone', 'NotReadableError'));
    expect(await readFile(gone)).toMatchObject({
      ok: false,
      message: expect.stringContaining('could not be read') as string,
    });
  });
});
