import { COMMA, QUOTE } from '#wire/text/char-codes.ts';
import { skipSpace } from '#wire/json/json-bytes.ts';
import { isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path, Problem } from '#wire/problem.ts';
import { limits } from '#wire/limits.ts';
import { describeValue } from '#wire/text/words.ts';
import { itemStarts, skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { brushOf } from './coco-mask.ts';
import { errorAt, notImported, numberOf, objectsIn, spanIn, type Converted } from './converted.ts';

/** True for the outline of a COCO file (https://cocodataset.org/#format-data). */
export const isCoco = ({ images, annotations, categories }: JsonObject): boolean =>
  Array.isArray(images) && Array.isArray(annotations) && Array.isArray(categories);

/**
 * Reads boxes, polygons, masks and key points of a COCO file; undefined if it isn’t valid JSON. Pixels become percent
 * of the image size.
 */
export function readCoco(text: SourceText): Converted | undefined {
  const { value, problems } = readJson(text.toString());
  return isJsonObject(value ?? null) && problems.length === 0
    ? new CocoReader(text, value as JsonObject).read()
    : undefined;
}

/** The source of an image’s regions: the index of each annotation. */
interface ImageRecord {
  image: number;
  boxes: number[];
  polygons: number[];
  masks: number[];
  points: number[];
}

/** The annotation field of each column. */
const fieldOf: Record<string, string> = {
  boxes: 'bbox',
  polygons: 'segmentation',
  masks: 'segmentation',
  points: 'keypoints',
};

class CocoReader {
  private readonly text: SourceText;
  private readonly images: JsonObject[];
  private readonly annotations: JsonObject[];
  /** Category names by the JSON of their ID. */
  private readonly names: Map<string, string>;
  /** Offsets of the items of each list. */
  private readonly starts: Record<'images' | 'annotations', number[]>;
  private readonly problems: Problem[] = [];
  /** Names of key points by the JSON of their category’s ID. */
  private readonly pointNames: Map<string, string[]>;
  /** Pixels of all masks so far. */
  private maskPixels = 0;
  private masksLeft = 0;

  constructor(text: SourceText, value: JsonObject) {
    this.text = text;
    this.images = objectsIn(value['images']);
    this.annotations = objectsIn(value['annotations']);
    this.names = new Map(
      objectsIn(value['categories']).flatMap(({ id = null, name = null }) =>
        typeof name === 'string' ? [[writeJson(id), name] as const] : [],
      ),
    );
    this.pointNames = new Map(
      objectsIn(value['categories']).map(({ id = null, keypoints = null }) => [
        writeJson(id),
        Array.isArray(keypoints) ? keypoints.map((name) => (typeof name === 'string' ? name : '')) : [],
      ]),
    );
    this.starts = { images: startsIn(text, 'images'), annotations: startsIn(text, 'annotations') };
  }

  read(): Converted {
    const found = this.images.map((_, image): ImageRecord => ({
      image,
      boxes: [],
      polygons: [],
      masks: [],
      points: [],
    }));
    const imageOf = new Map(this.images.map(({ id = null }, image) => [writeJson(id), image]));
    const records = found.map(({ image }): JsonObject => ({
      file_name: this.images[image]!['file_name'] ?? null,
    }));
    this.annotations.forEach((annotation, index) => {
      const image = imageOf.get(writeJson(annotation['image_id'] ?? null));
      if (image === undefined)
        this.addError(index, 'image_id', 'coco-image-unknown', 'No image has this ID.');
      else this.addRegions(annotation, index, records[image]!, found[image]!);
    });
    const isLabelled = (_: unknown, image: number) => regionsOf(found[image]!) > 0;
    const places = found.filter(isLabelled);
    const at = this.starts.images[0] ?? 0;
    return {
      format: 'coco',
      key: 'file_name',
      records: records.filter(isLabelled),
      spanOf: (record, member, path) => this.spanOf(places[record]!, member, path),
      problems: [
        ...this.problems,
        ...notImported(
          'images-without-annotations',
          found.length - places.length,
          'image has no annotations and isn’t imported',
          'images have no annotations and aren’t imported',
          at,
        ),
        ...notImported(
          'masks-not-imported',
          this.masksLeft,
          'mask isn’t imported, since all masks together have too many pixels. Split the file',
          'masks aren’t imported, since all together have too many pixels. Split the file',
          at,
        ),
      ],
    };
  }

  private addRegions(annotation: JsonObject, index: number, record: JsonObject, place: ImageRecord): void {
    const image = this.images[place.image]!;
    const size = { width: numberOf(image['width']), height: numberOf(image['height']) };
    const name = this.names.get(writeJson(annotation['category_id'] ?? null));
    if (!(size.width > 0 && size.height > 0)) {
      if (regionsOf(place) > 0) return;
      const message = `“width” and “height” of this image are missing, so its pixels can’t be converted to percent. Add them.`;
      this.problems.push(errorAt('coco-size-missing', message, this.span('images', place.image, [])));
      // Reported once per image.
      place.boxes.push(index);
      return;
    }
    if (name === undefined) {
      this.addError(index, 'category_id', 'coco-category-unknown', 'No category has this ID.');
      return;
    }
    const more = { labels: [name], original_width: size.width, original_height: size.height };
    const { bbox, segmentation, keypoints } = annotation;
    if (Array.isArray(bbox) && bbox.length > 0) {
      const [x, y, width, height] = bbox.map(numberOf);
      if (bbox.length !== 4 || [x, y, width, height].some((one) => Number.isNaN(one)))
        this.addError(
          index,
          'bbox',
          'coco-box-invalid',
          `A box is [x, y, width, height], not ${describeValue(bbox)}.`,
        );
      const percent = (pixels: number, of: number) => (pixels * 100) / of;
      add(record, 'boxes', {
        x: percent(x!, size.width),
        y: percent(y!, size.height),
        width: percent(width!, size.width),
        height: percent(height!, size.height),
        rotation: 0,
        ...more,
      });
      place.boxes.push(index);
    }
    for (const polygon of Array.isArray(segmentation) ? segmentation : []) {
      const points = pointsIn(polygon, size);
      if (points.length < 3) continue;
      add(record, 'polygons', { points, closed: true, ...more });
      place.polygons.push(index);
    }
    if (isJsonObject(segmentation ?? null)) this.addMask(annotation, index, record, place, more);
    if (Array.isArray(keypoints)) {
      const names = this.pointNames.get(writeJson(annotation['category_id'] ?? null)) ?? [];
      // Each is x, y and whether it is labelled.
      for (let at = 0; at + 2 < keypoints.length; at += 3) {
        const [x, y, isLabelled] = keypoints.slice(at, at + 3).map(numberOf);
        if (isLabelled === 0) continue;
        add(record, 'points', {
          x: (x! * 100) / size.width,
          y: (y! * 100) / size.height,
          width: pointSize,
          ...more,
          labels: [names[at / 3] || name],
        });
        place.points.push(index);
      }
    }
  }

  private addMask(
    { segmentation = null }: JsonObject,
    index: number,
    record: JsonObject,
    place: ImageRecord,
    more: { labels: string[]; original_width: number; original_height: number },
  ): void {
    if (this.maskPixels > limits.cocoMaskPixels) {
      this.masksLeft += 1;
      return;
    }
    const mask = brushOf(segmentation, { width: more.original_width, height: more.original_height });
    if ('why' in mask) {
      this.addError(index, 'segmentation', 'coco-mask-invalid', mask.why);
      return;
    }
    this.maskPixels += mask.pixels;
    add(record, 'masks', { format: 'rle', rle: mask.rle, ...more });
    place.masks.push(index);
  }

  private spanOf({ image, ...regions }: ImageRecord, member: string | undefined, [index, key]: Path) {
    if (member === 'file_name') return this.span('images', image, ['file_name']);
    const field = member === undefined ? undefined : fieldOf[member];
    const annotation = regions[(member ?? '') as keyof typeof regions]?.[Number(index)];
    if (field === undefined || annotation === undefined) return this.span('images', image, []);
    if (key === 'labels') return this.span('annotations', annotation, ['category_id']);
    return this.span('annotations', annotation, [field]);
  }

  private addError(annotation: number, field: string, code: string, message: string): void {
    this.problems.push(errorAt(code, message, this.span('annotations', annotation, [field])));
  }

  private span(list: 'images' | 'annotations', index: number, path: Path) {
    const from = this.starts[list][index] ?? 0;
    return spanIn({ from, text: this.text.part(from, skipValue(this.text.bytes, from)) }, path);
  }
}

/** Width of a point on screen in percent, required by Label Studio and missing in COCO. */
const pointSize = 0.5;

const regionsOf = ({ boxes, polygons, masks, points }: ImageRecord): number =>
  boxes.length + polygons.length + masks.length + points.length;

function add(record: JsonObject, member: string, region: JsonObject): void {
  const list = record[member];
  if (Array.isArray(list)) list.push(region);
  else record[member] = [region];
}

/** `[x1, y1, x2, y2, …]` as points in percent. */
function pointsIn(polygon: Json, { width, height }: { width: number; height: number }): [number, number][] {
  const numbers = Array.isArray(polygon) ? polygon.map(numberOf) : [];
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, point) => [
    (numbers[2 * point]! * 100) / width,
    (numbers[2 * point + 1]! * 100) / height,
  ]);
}

/** The offsets of the items of a list in the text’s object. */
function startsIn(text: SourceText, name: string): number[] {
  const { bytes } = text;
  let at = skipSpace(bytes, skipSpace(bytes, 0) + 1);
  while (bytes[at] === QUOTE) {
    const keyEnd = skipValue(bytes, at);
    const from = skipSpace(bytes, skipSpace(bytes, keyEnd) + 1);
    if (readJson(text.slice(at, keyEnd)).value === name) return itemStarts(bytes, from);
    at = skipSpace(bytes, skipValue(bytes, from));
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return [];
}
