export type FileRead = { ok: true; text: string } | { ok: false; message: string };

/**
 * A file's text, its lines ended by `\n` as the editor ends them. What is no text is refused rather than shown with
 * signs of its own making in place of the bytes that could not be read.
 */
export async function readTextFile(file: File): Promise<FileRead> {
  try {
    const bytes = await file.arrayBuffer();
    const text = new TextDecoder(encodingOf(new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength))), {
      fatal: true,
    });
    return { ok: true, text: text.decode(bytes).replaceAll(/\r\n?/g, '\n') };
  } catch (error) {
    const isNoText = error instanceof TypeError;
    const why = isNoText ? 'it is no text in UTF-8 or UTF-16' : 'the browser could not read it';
    return { ok: false, message: `${file.name} was not opened: ${why}. Your text is as it was.` };
  }
}

/** UTF-16 is told by its first two bytes; everything else is taken for UTF-8, and refused where it is not. */
function encodingOf([first, second]: Uint8Array) {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
