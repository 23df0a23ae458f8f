/**
 * The number of values in an RLE mask; undefined if it ends early, which makes the editor fail. Same format as
 * `@thi.ng/rle-pack`, which the editor uses, and `decode_rle` of the SDK's `converter/brush.py`.
 */
export function maskLength(bytes: readonly number[]): number | undefined {
  let at = 0;
  const end = bytes.length * 8;
  const read = (count: number): number => {
    let value = 0;
    for (let bit = at; bit < at + count; bit += 1) {
      value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    at += count;
    return value;
  };

  const length = read(32);
  const wordSize = read(5) + 1;
  const runSizes = [read(4) + 1, read(4) + 1, read(4) + 1, read(4) + 1];
  if (at > end) return undefined;
  for (let done = 0; done < length;) {
    const isRun = read(1) === 1;
    const run = read(runSizes[read(2)]!) + 1;
    // A run stores its value once, a literal block every value.
    at += wordSize * (isRun ? 1 : run);
    if (at > end) return undefined;
    done += run;
  }
  return length;
}
