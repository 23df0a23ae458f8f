import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';

/** A shape on an image, in percent of its width and height; `rotation` is clockwise in degrees around its x and y. */
export type Shape =
  | { kind: 'box'; x: number; y: number; width: number; height: number; rotation: number }
  | { kind: 'ellipse'; x: number; y: number; radiusX: number; radiusY: number; rotation: number }
  | { kind: 'polygon'; points: [number, number][]; isClosed: boolean }
  | { kind: 'point'; x: number; y: number };

/** The shape of a region’s value, recognised by its keys; undefined if it has none. */
export function shapeOf(value: JsonObject): Shape | undefined {
  const points = pointsIn(value['points'] ?? value['vertices']);
  if (points !== undefined) return { kind: 'polygon', points, isClosed: value['closed'] !== false };
  const [x, y] = [numberIn(value['x']), numberIn(value['y'])];
  if (x === undefined || y === undefined) return undefined;
  const rotation = numberIn(value['rotation']) ?? 0;
  const [radiusX, radiusY] = [numberIn(value['radiusX']), numberIn(value['radiusY'])];
  if (radiusX !== undefined && radiusY !== undefined)
    return { kind: 'ellipse', x, y, radiusX, radiusY, rotation };
  const [width, height] = [numberIn(value['width']), numberIn(value['height'])];
  if (width !== undefined && height !== undefined) return { kind: 'box', x, y, width, height, rotation };
  return { kind: 'point', x, y };
}

/** Points of a polygon, or the vertices of a vector. */
function pointsIn(list: Json | undefined): [number, number][] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, limits.previewPoints).flatMap((point): [number, number][] => {
    const [first, second] = Array.isArray(point)
      ? point
      : isJsonObject(point)
        ? [point['x'], point['y']]
        : [];
    const [x, y] = [numberIn(first), numberIn(second)];
    return x === undefined || y === undefined ? [] : [[x, y]];
  });
}

function numberIn(value: Json | undefined): number | undefined {
  const number = value instanceof ExactNumber ? Number(value.text) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
