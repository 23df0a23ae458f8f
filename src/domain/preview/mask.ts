import type { Json, JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';

/** A brush mask. */
export interface Mask {
  width: number;
  height: number;
  /** One byte per pixel, row by row: 0 outside the mask. */
  alpha: Uint8Array<ArrayBuffer>;
}

/**
 * Decodes the mask of a brush region, whose size is that of the image. Undefined if it isn’t one, is damaged, or
 * exceeds `limits.previewPixels`. The format is that of the npm package `@thi.ng/rle-pack`, four bytes per pixel, as in
 * `label_studio_converter/brush.py`.
 */
export function maskOf(region: JsonObject, { format, rle }: JsonObject): Mask | undefined {
  const [width, height] = [sizeIn(region['original_width']), sizeIn(region['original_height'])];
  if (format !== 'rle' || !Array.isArray(rle) || width === undefined || height === undefined)
    return undefined;
  if (width * height > limits.previewPixels) return undefined;
  const alpha = decode(rle, width * height);
  return alpha && { width, height, alpha };
}

const sizeIn = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

function decode(rle: readonly Json[], pixels: number): Uint8Array<ArrayBuffer> | undefined {
  let at = 0;
  const read = (bits: number): number => {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1, at += 1) {
      const byte = rle[at >> 3];
      if (typeof byte !== 'number') return Number.NaN;
      value = value * 2 + ((byte >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const values = read(32);
  if (values !== pixels * 4) return undefined;
  const wordSize = read(5) + 1;
  const sizes = [read(4) + 1, read(4) + 1, read(4) + 1, read(4) + 1];
  const alpha = new Uint8Array(pixels);
  for (let index = 0; index < values;) {
    const isRepeated = read(1) === 1;
    const length = read(sizes[read(2)] ?? Number.NaN) + 1;
    if (Number.isNaN(length)) return undefined;
    const end = Math.min(values, index + length);
    const value = isRepeated ? read(wordSize) : 0;
    for (; index < end; index += 1) {
      const one = isRepeated ? value : read(wordSize);
      if (Number.isNaN(one)) return undefined;
      if ((index & 3) === 3) alpha[index >> 2] = one;
    }
  }
  return alpha;
}
