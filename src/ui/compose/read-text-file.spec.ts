import { expect, test } from 'vitest';
import { readTextFile } from './read-text-file.ts';

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

test.each([
  ['UTF-8', ['{"a": "ä"}'], '{"a": "ä"}'],
  ['a mark before it', ['\uFEFF[]'], '[]'],
  ['UTF-16', [utf16('["ä"]')], '["ä"]'],
  ['line ends of Windows and of old Macs', ['[\r\n1,\r2]'], '[\n1,\n2]'],
  ['nothing at all', [], ''],
])('reads %s', async (_, parts, text) => {
  expect(await readTextFile(new File(parts, 'batch.json'))).toEqual({ ok: true, text });
});

test('refuses what is no text, by its name', async () => {
  const read = await readTextFile(new File([new Uint8Array([0x89, 0x50, 0xff])], 'photo.png'));
  expect(read).toEqual({
    ok: false,
    message: 'photo.png was not opened: it is no text in UTF-8 or UTF-16. Your text is as it was.',
  });
});
