/**
 * How many values a mask holds, by following its runs as the editor's decoder does (`@thi.ng/rle-pack`; `decode_rle` of
 * the SDK's `converter/brush.py`). Undefined where it ends before its last value: then the editor fails on it.
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
    // A run says its value once, anything else every value.
    at += wordSize * (isRun ? 1 : run);
    if (at > end) return undefined;
    done += run;
  }
  return length;
}
