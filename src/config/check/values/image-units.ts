import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { findTag } from '#config/control-tags.ts';
import { findControl } from '#config/find-control.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { Item } from '#config/check/item.ts';
import { numberOf } from './fields.ts';

/*
 * Regions drawn on an image are in percent of its width and height. Other programs write pixels or fractions.
 */

const drawnTags = /^(?:Rectangle|Ellipse|Polygon|KeyPoint)(?:Labels)?$/;
const horizontal = ['x', 'width', 'radiusX'];
const vertical = ['y', 'height', 'radiusY'];

/** Where a region is drawn: all of its numbers along both axes. */
export interface Measures {
  x: number[];
  y: number[];
}

/** Whether a config has controls that draw regions. */
export const hasDrawing = ({ controls }: LabelConfig): boolean =>
  [...controls.values()].some(({ tag }) => drawnTags.test(tag));

/** The measures of a region drawn on an image; undefined if it isn’t one, or has values other than numbers. */
export function measuresOf(region: JsonObject, config: LabelConfig): Measures | undefined {
  const { from_name: name, value } = region;
  const control = typeof name === 'string' ? findControl(config, name) : undefined;
  if (control === undefined || !drawnTags.test(findTag(control.tag)?.tag ?? '')) return undefined;
  if (!isJsonObject(value)) return undefined;
  const points = value['points'] ?? [];
  if (!Array.isArray(points) || !points.every(isPair)) return undefined;
  const along = (keys: readonly string[], axis: number): Json[] => [
    ...keys.flatMap((key) => (value[key] === undefined ? [] : [value[key]])),
    ...points.map((point) => point[axis]!),
  ];
  const x = numbersIn(along(horizontal, 0));
  const y = numbersIn(along(vertical, 1));
  return x && y && x.length > 0 && y.length > 0 ? { x, y } : undefined;
}

const isPair = (point: Json): point is Json[] => Array.isArray(point) && point.length === 2;

function numbersIn(list: readonly Json[]): number[] | undefined {
  const numbers = list.map(numberOf);
  return numbers.every((one) => one !== undefined && one >= 0) ? (numbers as number[]) : undefined;
}

/** The value of a drawn region with its numbers multiplied along both axes. */
export function scaled(value: JsonObject, byX: number, byY: number): JsonObject {
  const changed: JsonObject = { ...value };
  for (const [keys, factor] of [
    [horizontal, byX],
    [vertical, byY],
  ] as const)
    for (const key of keys) {
      const number = numberOf(value[key]);
      if (number !== undefined) changed[key] = times(number, factor);
    }
  const { points } = value;
  if (Array.isArray(points))
    changed['points'] = points.map((point) =>
      isPair(point) ? [times(numberOf(point[0])!, byX), times(numberOf(point[1])!, byY)] : point,
    );
  return changed;
}

/** Rounds the last digits, because 0.07 times 100 isn’t exactly 7. */
const times = (number: number, factor: number): number => Number((number * factor).toPrecision(14));

/**
 * The values in percent of regions in pixels, by index. A result is in pixels if two numbers exceed 100 (one may be a
 * typo), in regions that fit into their `original_width` and `original_height`.
 */
export function percentOfPixels(
  items: readonly Item[],
  config: LabelConfig,
): ReadonlyMap<number, JsonObject> {
  if (!items.some(({ region }) => hasSize(region))) return noPercents;
  const fitting = items.flatMap(({ region, index }) => {
    const measures = hasSize(region) ? measuresOf(region, config) : undefined;
    return measures !== undefined && fits(region, measures) ? [{ region, index, measures }] : [];
  });
  // Up to 0.001 above 100 is still a percentage: `fields.ts`.
  const beyond = fitting.flatMap(({ measures: { x, y } }) => [...x, ...y].filter((one) => one > 100.001));
  if (beyond.length < 2) return noPercents;
  return new Map(
    fitting.map(({ region, index }) => {
      const { width, height } = sizeOf(region);
      return [index, scaled(region['value'] as JsonObject, 100 / width, 100 / height)];
    }),
  );
}

const noPercents: ReadonlyMap<number, JsonObject> = new Map();

function sizeOf(region: JsonObject): { width: number; height: number } {
  return {
    width: numberOf(region['original_width']) ?? 0,
    height: numberOf(region['original_height']) ?? 0,
  };
}

function hasSize(region: JsonObject): boolean {
  const { width, height } = sizeOf(region);
  return width > 0 && height > 0;
}

/** True if all numbers are inside the image as pixels, with a tolerance of one pixel. */
function fits(region: JsonObject, { x, y }: Measures): boolean {
  const { width, height } = sizeOf(region);
  const value = region['value'] as JsonObject;
  const end = (at: string, size: string) => (numberOf(value[at]) ?? 0) + (numberOf(value[size]) ?? 0);
  return (
    x.every((number) => number <= width + 1) &&
    y.every((number) => number <= height + 1) &&
    end('x', 'width') <= width + 1 &&
    end('y', 'height') <= height + 1
  );
}
