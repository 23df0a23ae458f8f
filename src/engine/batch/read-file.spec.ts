import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-file.ts';

describe('readFile', () => {
  it('decodes the file', async () => {
    const read = await readFile(new Blob([gzipSync('task;label\r\n')]));
    expect(read.ok && String(read.text)).toBe('task;label\n');
  });

  it('reports a file that the browser can’t read', async () => {
    const gone = new Blob(['a']);
    gone.slice = () => {
      const part = new Blob();
      part.arrayBuffer = () => Promise.reject(new DOMException('Gone', 'NotReadableError'));
      return part;
    };
    expect(await readFile(gone)).toMatchObject({
      ok: false,
      message: expect.stringContaining('could not be read') as string,
    });
  });
});
