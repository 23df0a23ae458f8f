import { LINE_FEED } from '#wire/text/char-codes.ts';
import type { JsonObject } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { shorten } from '#wire/text/words.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { fileParts, isBundle, type FilePart } from '#domain/text/files/bundle.ts';
import { areLabels, isClassList } from '#domain/text/files/label-files.ts';
import { errorAt, notImported, type Converted } from './converted.ts';

/* YOLO: a text file per image, with a line per box or polygon: the class, then fractions of the image. */

/** True for one label file, or several with their class names. */
export function isYolo(text: SourceText): boolean {
  if (!isBundle(text)) return areLabels(text.slice(0, 2000));
  const parts = fileParts(text);
  const labels = parts.filter(({ name }) => !isClassList(name));
  return (
    labels.length > 0 &&
    labels.every(({ name }) => /\.txt$/i.test(name)) &&
    labels.some(({ from, to }) => areLabels(text.slice(from, Math.min(to, from + 2000)), 1))
  );
}

/** Reads label files. Without class names there are no labels, which is an error. */
export function readYolo(text: SourceText): Converted {
  const parts = isBundle(text) ? fileParts(text) : [{ name: '', from: 0, to: text.bytes.length }];
  const lists = parts.filter(({ name }) => isClassList(name));
  const names = classNames(lists.map(({ from, to }) => text.slice(from, to)).join('\n'));
  const records: JsonObject[] = [];
  const places: { file: Span; boxes: Span[]; polygons: Span[] }[] = [];
  const problems: Problem[] = [];
  let empty = 0;
  let confidences = 0;
  let polygons = 0;
  let withFourCorners = 0;
  for (const part of parts) {
    if (isClassList(part.name)) continue;
    const regions = { boxes: [] as JsonObject[], polygons: [] as JsonObject[] };
    const place = { file: { from: part.from, to: part.from }, boxes: [] as Span[], polygons: [] as Span[] };
    for (const line of linesIn(text, part)) {
      const words = text.slice(line.from, line.to).trim().split(/\s+/);
      const [index, ...numbers] = words.map(Number);
      if (numbers.length < 4 || numbers.some((one) => Number.isNaN(one))) {
        problems.push(
          errorAt(
            'yolo-line-invalid',
            'A line is a class and the fractions of its box: 0 0.5 0.5 0.2 0.1.',
            line,
          ),
        );
        continue;
      }
      const name = names[index!];
      if (names.length > 0 && name === undefined) {
        const message = `There is no class ${words[0]!}: the list has ${count(names.length, 'class', 'classes')}, from 0 on.`;
        problems.push(errorAt('yolo-class-unknown', message, line));
        continue;
      }
      const labels = name === undefined ? [] : [name];
      // A confidence comes after a box, or after the coordinates of a polygon.
      if (numbers.length % 2 === 1) confidences += 1;
      const isBox = numbers.length <= 5;
      const member = isBox ? 'boxes' : 'polygons';
      if (!isBox) polygons += 1;
      if (numbers.length === 8 || numbers.length === 9) withFourCorners += 1;
      regions[member].push(isBox ? box(numbers, labels) : polygon(numbers, labels));
      place[member].push(line);
    }
    if (place.boxes.length + place.polygons.length === 0) {
      empty += 1;
      continue;
    }
    records.push({
      file_name: stemOf(part.name),
      ...(regions.boxes.length > 0 && { boxes: regions.boxes }),
      ...(regions.polygons.length > 0 && { polygons: regions.polygons }),
    });
    places.push(place);
  }
  if (names.length === 0)
    problems.unshift(
      errorAt(
        'yolo-classes-missing',
        parts[0]!.name === ''
          ? 'This is a YOLO label file. Drop it together with classes.txt: its own name says which image it is for.'
          : 'These are YOLO label files without class names. Drop them together with classes.txt.',
        { from: 0, to: 1 },
      ),
    );
  return {
    format: 'yolo',
    key: 'file_name',
    records: names.length === 0 ? [] : records,
    spanOf(record, member, [index]) {
      const { file, boxes, polygons } = places[record]!;
      const lines = member === 'polygons' ? polygons : boxes;
      return lines[typeof index === 'number' ? index : 0] ?? file;
    },
    problems: [
      ...problems,
      ...notImported(
        'images-without-annotations',
        empty,
        'label file is empty and isn’t imported',
        'label files are empty and aren’t imported',
        0,
      ),
      ...notImported(
        'confidences-not-imported',
        confidences,
        'confidence isn’t imported',
        'confidences aren’t imported',
        0,
      ),
      // One outline with other corners means that all of them are outlines.
      ...notImported(
        'rotated-boxes-as-polygons',
        withFourCorners === polygons ? polygons : 0,
        'shape has four corners, as a rotated box (OBB) has. It’s read as a polygon, because a rotation needs the image size',
        'shapes have four corners, as rotated boxes (OBB) have. They’re read as polygons, because a rotation needs the image size',
        0,
      ),
    ],
  };
}

/** The names in `classes.txt` or in `names` of a `data.yaml`, as written by YOLO’s tools. */
function classNames(text: string): string[] {
  const inYaml = /^names:[^\S\n]*(\[[^\]]*\]|(?:\n[^\S\n]*(?:- |\d+: ).*)+)/m.exec(text)?.[1];
  const unquoted = (name: string) => name.trim().replace(/^(['"])(.*)\1$/, '$2');
  if (inYaml?.startsWith('[')) return inYaml.slice(1, -1).split(',').map(unquoted);
  const lines = (inYaml ?? text).split('\n').map((line) => line.trim());
  const isMapping = inYaml !== undefined;
  return lines
    .filter((line) => line !== '')
    .map((line) => unquoted(isMapping ? line.replace(/^(?:- |\d+: )/, '') : line));
}

function box([x, y, width, height]: readonly number[], labels: string[]): JsonObject {
  return {
    x: percent(x! - width! / 2),
    y: percent(y! - height! / 2),
    width: percent(width!),
    height: percent(height!),
    rotation: 0,
    labels,
  };
}

function polygon(numbers: readonly number[], labels: string[]): JsonObject {
  const points = Array.from({ length: Math.floor(numbers.length / 2) }, (_, point) => [
    percent(numbers[2 * point]!),
    percent(numbers[2 * point + 1]!),
  ]);
  return { points, closed: true, labels };
}

/** Fractions have six digits; more than ten of a percentage are rounding errors. */
const percent = (fraction: number): number => Number((fraction * 100).toFixed(10));

/** The name of an image without folder and extension: label files are named like their image. */
function stemOf(name: string): string {
  return shorten(name.slice(name.lastIndexOf('/') + 1).replace(/\.txt$/i, ''), 1000);
}

function* linesIn(text: SourceText, { from: start, to }: FilePart): Generator<Span> {
  for (let from = start; from < to;) {
    const feed = text.bytes.indexOf(LINE_FEED, from);
    const end = feed < 0 || feed > to ? to : feed;
    if (text.slice(from, end).trim() !== '') yield { from, to: end };
    from = end + 1;
  }
}
