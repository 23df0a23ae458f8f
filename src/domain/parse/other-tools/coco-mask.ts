import { isJsonObject, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { figure } from '#wire/text/figures.ts';
import { numberOf } from './converted.ts';

/** A mask in the format of Label Studio’s brush. */
export interface BrushMask {
  rle: number[];
  /** Pixels inside the mask. */
  pixels: number;
}

/**
 * Converts a run-length encoded `segmentation` of COCO, compressed or not: runs down the columns, starting outside
 * (`rleFrString` of cocoapi’s `common/maskApi.c`). Fails with the reason as a sentence.
 */
export function brushOf(
  segmentation: Json,
  image: { width: number; height: number },
): BrushMask | { why: string } {
  const { size = null, counts = null } = isJsonObject(segmentation) ? segmentation : {};
  const [height, width] = Array.isArray(size) ? size.map(numberOf) : [];
  if (width !== image.width || height !== image.height)
    return { why: `The size of a mask must be that of its image, [${image.height}, ${image.width}].` };
  if (width * height > limits.previewPixels)
    return {
      why: `Masks of more than ${figure(limits.previewPixels)} pixels aren’t imported.`,
    };
  const runs =
    typeof counts === 'string' ? unpack(counts) : Array.isArray(counts) ? counts.map(numberOf) : [];
  const isValid = runs.length > 0 && runs.every((run) => Number.isInteger(run) && run >= 0);
  if (!isValid || runs.reduce((sum, run) => sum + run, 0) !== width * height)
    return { why: 'The counts of a mask must add up to the pixels of its image.' };
  return pack(runs, width, height);
}

/** Six bits per character: five of the number and one for “more follows”; differences from the third number on. */
function unpack(text: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < text.length;) {
    let run = 0;
    for (let shift = 0; ; shift += 5) {
      const bits = text.charCodeAt(at++) - 48;
      if (!(bits >= 0 && bits < 64) || shift > 30) return [];
      run |= (bits & 31) << shift;
      if ((bits & 32) !== 0) continue;
      if ((bits & 16) !== 0) run |= -1 << (shift + 5);
      break;
    }
    runs.push(runs.length > 2 ? run + runs[runs.length - 2]! : run);
  }
  return runs;
}

/**
 * Converts runs down the columns to `@thi.ng/rle-pack` with four bytes per pixel along the rows, as read by
 * `src/domain/preview/mask.ts`.
 */
function pack(runs: readonly number[], width: number, height: number): BrushMask {
  const rows: number[][] = Array.from({ length: height }, () => []);
  let pixels = 0;
  let at = 0;
  runs.forEach((run, index) => {
    if (index % 2 === 1) {
      for (let pixel = at; pixel < at + run; pixel += 1)
        rows[pixel % height]!.push(Math.floor(pixel / height));
      pixels += run;
    }
    at += run;
  });
  const out = new BitWriter();
  out.write(width * height * 4, 32);
  out.write(7, 5);
  for (const size of runSizes) out.write(size - 1, 4);
  let outside = 0;
  for (const columns of rows) {
    let next = 0;
    for (let index = 0; index < columns.length;) {
      const from = columns[index]!;
      let to = from;
      for (; columns[index] === to; index += 1) to += 1;
      writeRun(out, outside + from - next, 0);
      outside = 0;
      writeRun(out, to - from, 255);
      next = to;
    }
    outside += width - next;
  }
  writeRun(out, outside, 0);
  return { rle: out.bytes, pixels };
}

/** Possible bit lengths of a run; each run names one of the four. */
const runSizes = [3, 4, 8, 16] as const;

function writeRun(out: BitWriter, pixels: number, value: number): void {
  for (let left = pixels * 4; left > 0;) {
    const length = Math.min(left, 2 ** 16);
    const size = runSizes.findIndex((bits) => length <= 2 ** bits);
    out.write(1, 1);
    out.write(size, 2);
    out.write(length - 1, runSizes[size]!);
    out.write(value, 8);
    left -= length;
  }
}

class BitWriter {
  readonly bytes: number[] = [];
  private free = 0;

  write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      if (this.free === 0) {
        this.bytes.push(0);
        this.free = 8;
      }
      this.free -= 1;
      if (Math.floor(value / 2 ** bit) % 2 === 1) this.bytes[this.bytes.length - 1]! |= 1 << this.free;
    }
  }
}
