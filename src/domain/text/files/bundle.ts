import { LINE_FEED } from '#wire/text/char-codes.ts';
import { joined, SourceText, type Bytes } from '#domain/text/source-text.ts';

/** One file of a bundle: several texts, each after a line `==> name <==`, as `head` and `tail` print them. */
export interface FilePart {
  name: string;
  from: number;
  to: number;
}

const opening = '==> ';
const encoder = new TextEncoder();

/** True for a text that starts with the name of a file. */
export const isBundle = (text: SourceText): boolean => text.slice(0, opening.length) === opening;

/** The files of a bundle. */
export function fileParts(text: SourceText): FilePart[] {
  const { bytes } = text;
  const parts: FilePart[] = [];
  for (let from = 0; from < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, from);
    const end = feed < 0 ? bytes.length : feed;
    const name = bytes[from] === 0x3d ? nameIn(text.slice(from, end)) : undefined;
    if (name !== undefined) {
      const last = parts.at(-1);
      if (last !== undefined) last.to = from;
      parts.push({ name, from: Math.min(end + 1, bytes.length), to: bytes.length });
    }
    from = end + 1;
  }
  return parts;
}

const nameIn = (line: string): string | undefined => /^==> (.+) <==\s*$/.exec(line)?.[1];

/** Writes files as a bundle. */
export function bundleOf(files: readonly { name: string; text: SourceText }[]): SourceText {
  const pieces: Bytes[] = [];
  for (const { name, text } of files) {
    const { bytes } = text;
    pieces.push(encoder.encode(`==> ${name.replaceAll(/[\r\n]/g, ' ')} <==\n`), bytes);
    if (bytes.at(-1) !== LINE_FEED) pieces.push(Uint8Array.of(LINE_FEED));
  }
  return SourceText.ofOwn(joined(pieces));
}
