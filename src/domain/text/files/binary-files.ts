/* Files that aren’t text, recognised by their first bytes. No text starts with any of these. */

/** Bytes needed to recognise a file. */
export const binaryHeadLength = 16;

const labelsAreText = 'Labels are read from text files, such as CSV or JSON.';
const unpackIt = 'Unpack it, or pack its files as .zip.';
const saveIt = 'Save the data as CSV or JSON.';

/** The first bytes, in which `?` is any byte; what the file is, and what to do. */
const signatures: readonly [start: string, what: string, fix: string][] = [
  ['\u0089PNG', 'an image (PNG)', labelsAreText],
  ['ÿØÿ', 'an image (JPEG)', labelsAreText],
  ['GIF89a', 'an image (GIF)', labelsAreText],
  ['GIF87a', 'an image (GIF)', labelsAreText],
  ['RIFF????WEBP', 'an image (WebP)', labelsAreText],
  ['II*\0', 'an image (TIFF)', labelsAreText],
  ['MM\0*', 'an image (TIFF)', labelsAreText],
  ['\0\0\0?ftyp', 'a video, sound or image file', labelsAreText],
  ['\u001aEß£', 'a video', labelsAreText],
  ['RIFF????WAVE', 'a sound file', labelsAreText],
  ['ID3\u0003', 'a sound file', labelsAreText],
  ['ID3\u0004', 'a sound file', labelsAreText],
  ['OggS\0', 'a sound or video file', labelsAreText],
  ['%PDF-', 'a PDF document', 'Copy its table into a spreadsheet, or save the data as CSV.'],
  ['Rar!\u001a', 'an archive (RAR)', unpackIt],
  ["7z¼¯'\u001c", 'an archive (7-Zip)', unpackIt],
  ['ý7zXZ\0', 'an archive (xz)', unpackIt],
  ['BZh?1AY&SY', 'an archive (bzip2)', unpackIt],
  ['(µ/ý', 'an archive (Zstandard)', unpackIt],
  ['PAR1\u0015', 'a Parquet file', saveIt],
  ['SQLite format 3\0', 'an SQLite database', saveIt],
  ['\u0080\u0004\u0095', 'a Python pickle', saveIt],
];

/** The message for a file that isn’t text, by its first bytes; undefined for any other. */
export function binaryFileMessage(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, binaryHeadLength));
  const starts = (start: string) => Array.from(start).every((char, at) => char === '?' || char === head[at]);
  const found = signatures.find(([start]) => starts(start));
  return found && `This is ${found[1]}, not a text file. ${found[2]}`;
}
