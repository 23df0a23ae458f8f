import type { Json, JsonObject } from '#wire/json/json.ts';
import { type Report, within } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { type Control, numberAttribute } from '#config/label-config.ts';
import {
  checkBoolean,
  checkNumber,
  numberOf,
  objectsOf,
  percent,
  readList,
  readNumber,
  readOptionalNumber,
  readText,
  refuseNull,
  type Limits,
} from './fields.ts';

/*
 * Regions drawn on an image, in percent of its width and height. The editor draws regions outside the image without any
 * warning: seen on Label Studio 1.23.2.
 */

export function rectangle(value: JsonObject, _control: Control, report: Report): void {
  const x = readNumber(value, 'x', percent, report);
  const y = readNumber(value, 'y', percent, report);
  const limits = limitsOfSides(value);
  const width = readSide(value, 'width', limits, report);
  const height = readSide(value, 'height', limits, report);
  const rotation = readRotation(value, report);
  checkSide('width', x, width, rotation, report);
  checkSide('height', y, height, rotation, report);
}

const atLeast0: Limits = { min: 0 };

/** The limits of a box’s width and height. Turned by 90° on a tall image, it may be wider than the image. */
export const limitsOfSides = (value: JsonObject): Limits =>
  (numberOf(value['rotation']) ?? 0) % 180 === 0 ? percent : atLeast0;

export function readSide(
  value: JsonObject,
  key: 'width' | 'height',
  limits: Limits,
  report: Report,
): number | undefined {
  const size = readNumber(value, key, limits, report);
  if (size !== undefined && size > 100.01) {
    const shape = key === 'width' ? 'tall' : 'wide';
    const message = `A ${key} of ${size} is larger than the image. This only fits a rotated box on a ${shape} image.`;
    report('warning', 'size-beyond-image', message, [key]);
  }
  return size;
}

function checkSide(
  key: string,
  start: number | undefined,
  size: number | undefined,
  rotation: number | undefined,
  report: Report,
): void {
  if (size === 0) report('warning', 'size-zero', `With a ${key} of 0, nothing is visible.`, [key]);
  const end = (start ?? 0) + (size ?? 0);
  // The corners of a rotated box are elsewhere.
  if (rotation || end <= 100.01) return;
  const message = `This extends to ${Number(end.toFixed(2))}, beyond the edge of the image at 100.`;
  report('warning', 'reaches-beyond-image', message, [key]);
}

export function ellipse(value: JsonObject, _control: Control, report: Report): void {
  readNumber(value, 'x', percent, report);
  readNumber(value, 'y', percent, report);
  for (const key of ['radiusX', 'radiusY']) {
    // Limits of the SDK's `EllipseValue`, `label_interface/control_tags.py`.
    const radius = readNumber(value, key, { min: 0, max: 50 }, report);
    if (radius === 0) report('warning', 'size-zero', `With a ${key} of 0, nothing is visible.`, [key]);
  }
  readRotation(value, report);
}

/** The editor throws without a width: seen on Label Studio 1.23.2. */
export function keypoint(value: JsonObject, _control: Control, report: Report): void {
  readNumber(value, 'x', percent, report);
  readNumber(value, 'y', percent, report);
  readNumber(value, 'width', percent, report);
}

export function polygon(value: JsonObject, _control: Control, report: Report): void {
  const points = readList(value, 'points', '[[10, 10], [90, 10], [50, 90]]', report);
  checkBoolean(value, 'closed', report);
  refuseNull(value, 'closed', true, report);
  if (points === undefined) return;
  points.forEach((point, index) => checkPoint(point, index, report));
  if (points.length < 3) {
    // `PolygonTag.to_json_schema` of `label_interface/control_tags.py`.
    const message = `A polygon needs at least 3 points, but this one has ${points.length}.`;
    report('error', 'polygon-too-few-points', message, ['points']);
  }
}

function checkPoint(point: Json, index: number, report: Report): void {
  const path = ['points', index];
  if (!Array.isArray(point) || point.length !== 2) {
    report(
      'error',
      'point-not-a-pair',
      `A point must be a pair such as [10, 20], not ${Array.isArray(point) ? `a list of ${point.length}` : describeValue(point)}.`,
      path,
    );
    return;
  }
  point.forEach((number, axis) => checkNumber(number, [...path, axis], 'a point', percent, report));
}

/** Neither the documentation nor the editor limits the coordinates of a vector. */
export function vector(value: JsonObject, control: Control, report: Report): void {
  checkBoolean(value, 'closed', report);
  refuseNull(value, 'closed', false, report);
  refuseOnlyKey(value, 'vertices', 'closed', false, report);
  vertices(value, control, report);
}

export function vertices(value: JsonObject, control: Control, report: Report): void {
  const example = '{"id": "point-1", "x": 25, "y": 30}';
  const list = readList(value, 'vertices', `[${example}]`, report);
  if (list === undefined) return;
  const ids = new Set(list.map((vertex) => (vertex as JsonObject | null)?.['id']));
  for (const [vertex, index] of objectsOf(list, 'vertices', example, report)) {
    const inside = within(report, 'vertices', index);
    for (const axis of ['x', 'y']) {
      const place = readNumber(vertex, axis, {}, inside);
      if (place !== undefined && (place < 0 || place > 100)) {
        inside('warning', 'point-outside', `${place} is outside the image, which goes from 0 to 100.`, [
          axis,
        ]);
      }
    }
    checkBoolean(vertex, 'isBezier', inside);
    const before = vertex['prevPointId'] ?? null;
    if (before !== null && !ids.has(before)) {
      const message = `${describeValueAtStart(before)} isn’t the ID of a point here, so this point isn’t connected.`;
      inside('warning', 'vertex-before-unknown', message, ['prevPointId']);
    }
  }
  const [min, max] = [
    numberAttribute(control, 'minpoints') ?? 1,
    numberAttribute(control, 'maxpoints') ?? Infinity,
  ];
  if (list.length < min || list.length > max) {
    const wanted = list.length < min ? `at least ${count(min, 'point')}` : `at most ${count(max, 'point')}`;
    report('warning', 'points-count', `“${control.name}” accepts ${wanted}, but there are ${list.length}.`, [
      'vertices',
    ]);
  }
}

/** A mask that can’t be decoded prevents the editor from saving: seen on Label Studio 1.23.2. */
export function brush(value: JsonObject, _control: Control, report: Report): void {
  refuseOnlyKey(value, 'rle', 'format', 'rle', report);
  const format = value['format'];
  if (format !== undefined && format !== 'rle') {
    const fix = { path: ['format'], value: 'rle', words: 'Use “rle”' };
    report(
      'error',
      'mask-format-unknown',
      `The format of a mask must be “rle”, not ${describeValue(format)}.`,
      ['format'],
      fix,
    );
  }
  const bytes = readList(value, 'rle', '[0, 0, 1, …]', report);
  if (bytes === undefined) return;
  const odd = bytes.findIndex((byte) => !isByte(byte));
  if (odd >= 0) {
    const message = `A mask can’t contain ${describeValue(bytes[odd]!)}. Use whole numbers from 0 to 255.`;
    report('error', 'mask-not-bytes', message, ['rle', odd]);
  } else if (maskLength(bytes.map((byte) => numberOf(byte)!)) === undefined) {
    report(
      'error',
      'mask-unreadable',
      'This mask can’t be decoded. The editor can’t save anything with it.',
      ['rle'],
    );
  }
}

/** A `value` with a single key is an answer about the whole task for the editor: the dispatcher of its `regions/Area.js`. */
function refuseOnlyKey(
  value: JsonObject,
  key: string,
  missing: string,
  usual: string | boolean,
  report: Report,
): void {
  if (value[key] === undefined || Object.keys(value).length > 1) return;
  const fix = { path: [], value: { [missing]: usual, ...value }, words: `Add “${missing}”` };
  const message = `“${missing}” is missing, so the editor won’t draw this region. Add "${missing}": ${JSON.stringify(usual)}.`;
  report('error', 'value-key-missing', message, [], fix);
}

function isByte(value: Json): boolean {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 255;
}

export function bitmask(value: JsonObject, _control: Control, report: Report): void {
  const hint = 'Use one that starts with data:image/png;base64,';
  const url = readText(value, 'imageDataURL', hint, report);
  if (url !== undefined && !/^data:image\/[\w.+-]+(?:;[\w=-]+)*,./.test(url)) {
    report('error', 'mask-not-an-image', `${describeValueAtStart(url)} isn’t an image data URL. ${hint}`, [
      'imageDataURL',
    ]);
  }
}

/** `OcrLabelsValue` of the SDK's `label_interface/control_tags.py`. */
export function ocr(value: JsonObject, control: Control, report: Report): void {
  rectangle(value, control, report);
  readOptionalNumber(value, 'pageIndex', { min: 0, whole: true }, report);
}

/** Whole turns, in both directions. */
export const angle: Limits = { min: -360, max: 360 };

function readRotation(value: JsonObject, report: Report): number | undefined {
  refuseNull(value, 'rotation', 0, report);
  const rotation = readOptionalNumber(value, 'rotation', angle, report);
  if (rotation !== undefined && rotation < 0) {
    const meant = rotation + 360;
    const fix = { path: ['rotation'], value: meant, words: `Use ${meant}` };
    report(
      'warning',
      'rotation-negative',
      `Angles go from 0 to 360. Use ${meant}, which is the same as ${rotation}.`,
      ['rotation'],
      fix,
    );
  }
  return rotation;
}

/**
 * The number of values in an RLE mask; undefined if it ends early, which makes the editor fail. Same format as
 * `@thi.ng/rle-pack`, which the editor uses, and `decode_rle` of the SDK's `converter/brush.py`.
 */
function maskLength(bytes: readonly number[]): number | undefined {
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
