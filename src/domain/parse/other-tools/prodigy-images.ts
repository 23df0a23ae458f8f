import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import { withSpanIn } from '#domain/parse/parsed.ts';
import { errorAt, notImported, numberOf, objectsIn, spanIn, textOf, type Converted } from './converted.ts';
import { labelsOfProdigy, notAccepted } from './text-tools.ts';

/**
 * True for an example of Prodigy’s `image.manual` and similar recipes:
 * https://prodi.gy/docs/api-interfaces#image_manual
 */
export const isProdigyImage = (example: Json | undefined): boolean =>
  isJsonObject(example ?? null) && textOf((example as JsonObject)['image']) !== undefined;

/** Where the parts of an image’s record came from: the path of its name, its labels and its spans by index. */
interface ImagePlace {
  part: JsonPart;
  namePath: Path;
  labelsPath: Path;
  boxes: number[];
  polygons: number[];
}

/**
 * Reads images with boxes and polygons; each part is the JSON text of one. Pixels become percent of the image size. An
 * image with an error is a row with an error, so that the others can be sent.
 */
export function readProdigyImages(parts: readonly JsonPart[]): Converted {
  const records: JsonObject[] = [];
  const places: ImagePlace[] = [];
  const problems: Problem[] = [];
  let rejected = 0;
  let empty = 0;
  for (const part of parts) {
    const { value, problems: ofPart } = readJson(part.text.toString());
    const entry = records.length;
    const example = isJsonObject(value ?? null) ? (value as JsonObject) : {};
    const isWhole = isJsonObject(value ?? null);
    const place: ImagePlace = { part, namePath: [], labelsPath: [], boxes: [], polygons: [] };
    if (isWhole && (example['answer'] ?? 'accept') !== 'accept') {
      rejected += 1;
      continue;
    }
    const spans = objectsIn(example['spans']);
    const { labels, labelsPath } = labelsOfProdigy(example);
    if (isWhole && spans.length + labels.length === 0) {
      empty += 1;
      continue;
    }
    problems.push(...ofPart.map((problem) => ({ ...withSpanIn(part, problem), path: [], entry })));
    const addError = (code: string, message: string, path: Path) =>
      problems.push({ ...errorAt(code, message, spanIn(part, path)), entry });

    const namePath = namePathOf(example);
    const [width, height] = [numberOf(example['width']), numberOf(example['height'])];
    const hasSize = width > 0 && height > 0;
    if (isWhole && namePath === undefined)
      addError('image-without-name', 'This image has no file name. Add one as “path”.', ['image']);
    if (isWhole && spans.length > 0 && !hasSize)
      addError(
        'image-size-missing',
        '“width” and “height” of this image are missing, so its pixels can’t be converted to percent. Add them.',
        [],
      );
    const boxes: JsonObject[] = [];
    const polygons: JsonObject[] = [];
    for (const [index, span] of (hasSize ? spans : []).entries()) {
      const more = { labels: [span['label'] ?? null], original_width: width, original_height: height };
      const points = percentsOf(span['points'], width, height);
      const box = boxOf(span, points, width, height);
      if (box !== undefined) {
        boxes.push({ ...box, rotation: 0, ...more });
        place.boxes.push(index);
      } else if (points.length > 2) {
        polygons.push({ points, closed: true, ...more });
        place.polygons.push(index);
      } else
        addError('span-without-place', 'This span has neither a box nor at least three points.', [
          'spans',
          index,
        ]);
    }
    records.push({
      ...(namePath && { file_name: valueAt(example, namePath) }),
      ...(boxes.length > 0 && { boxes }),
      ...(polygons.length > 0 && { polygons }),
      ...(labels.length > 0 && { label: [...labels] }),
    });
    places.push({ ...place, namePath: namePath ?? [], labelsPath });
  }
  const at = parts[0]?.from ?? 0;
  return {
    format: 'prodigy',
    key: 'file_name',
    records,
    spanOf: (record, member, path) => placeOf(places[record]!, member, path),
    problems: [
      ...problems,
      ...notImported(
        'images-without-annotations',
        empty,
        'image has no annotations and isn’t imported',
        'images have no annotations and aren’t imported',
        at,
      ),
      ...notAccepted(rejected, at),
    ],
  };
}

/** The path of an example’s image name: Prodigy’s loader adds `path` and `meta.file` when it embeds the image. */
function namePathOf(example: JsonObject): Path | undefined {
  const isName = (path: Path) => {
    const name = textOf(valueAt(example, path)) ?? '';
    return name !== '' && !name.startsWith('data:');
  };
  return [['path'], ['image'], ['meta', 'file']].find(isName);
}

function valueAt(value: JsonObject, path: Path): Json {
  let at: Json = value;
  for (const step of path) at = isJsonObject(at) ? (at[step] ?? null) : null;
  return at;
}

function placeOf(
  { part, namePath, labelsPath, boxes, polygons }: ImagePlace,
  member: string | undefined,
  path: Path,
) {
  if (member === 'file_name') return spanIn(part, namePath);
  if (member === 'label') return spanIn(part, labelsPath);
  const [index, key] = path;
  const ofMember = member === 'boxes' ? boxes : member === 'polygons' ? polygons : [];
  const span = ofMember[Number(index ?? 0)];
  if (span === undefined) return spanIn(part, []);
  return spanIn(part, key === 'labels' ? ['spans', span, 'label'] : ['spans', span]);
}

function percentsOf(points: Json | undefined, width: number, height: number): [number, number][] {
  return (Array.isArray(points) ? points : []).map((point) => {
    const [x, y] = Array.isArray(point) ? point.map(numberOf) : [];
    return [((x ?? Number.NaN) * 100) / width, ((y ?? Number.NaN) * 100) / height];
  });
}

/** The box of a span of type `rect`; versions before 1.10 have only its four corners. */
function boxOf(
  { type = 'rect', ...span }: JsonObject,
  corners: readonly [number, number][],
  width: number,
  height: number,
): { x: number; y: number; width: number; height: number } | undefined {
  if (type !== 'rect') return undefined;
  const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((key) => numberOf(span[key]));
  if (![x, y, w, h].some(Number.isNaN))
    return {
      x: (x! * 100) / width,
      y: (y! * 100) / height,
      width: (w! * 100) / width,
      height: (h! * 100) / height,
    };
  const [first, , third] = corners;
  if (corners.length !== 4 || first === undefined || third === undefined || !isUpright(corners))
    return undefined;
  const [left, top] = [Math.min(first[0], third[0]), Math.min(first[1], third[1])];
  return { x: left, y: top, width: Math.abs(third[0] - first[0]), height: Math.abs(third[1] - first[1]) };
}

/** True for the corners of an upright box; other four points are a polygon. */
function isUpright(corners: readonly [number, number][]): boolean {
  const distinct = (step: 0 | 1) => new Set(corners.map((corner) => corner[step])).size;
  return distinct(0) === 2 && distinct(1) === 2;
}
