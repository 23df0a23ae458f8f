import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import type { Control, LabelConfig } from './label-config.ts';

/**
 * Which predictions the server keeps: `validate_prediction` of label_studio_sdk `label_interface/interface.py` and
 * `control_tags.py`, without its words, for nobody hears them: what does not pass is left out in silence.
 */
export function isKept(prediction: JsonObject, config: LabelConfig): boolean {
  const { result, score = null } = prediction;
  if (!Array.isArray(result)) return false;
  if (score !== null && !(isNumberLike(score) && Number(score) >= 0 && Number(score) <= 1)) return false;

  const regions = result.filter((one) => !isObject(one) || one['type'] !== 'relation');
  if (!regions.every((one) => isObject(one) && isRegion(one, config))) return false;
  const ids = new Set(regions.map((one) => (one as JsonObject)['id']));
  return result.every((one) => !isObject(one) || one['type'] !== 'relation' || isRelation(one, ids));
}

function isRelation(relation: JsonObject, ids: Set<Json | undefined>): boolean {
  const { direction, from_id: from, to_id: to } = relation;
  const directions: (Json | undefined)[] = ['left', 'right', 'bi'];
  return (
    directions.includes(direction) && from !== undefined && ids.has(from) && to !== undefined && ids.has(to)
  );
}

function isRegion(region: JsonObject, config: LabelConfig): boolean {
  const { from_name: name, to_name: target, type, value } = region;
  const control = typeof name === 'string' ? config.controls.get(name) : undefined;
  if (!control || typeof target !== 'string' || typeof type !== 'string' || !isObject(value)) return false;
  if (!config.objects.has(target) || !control.toName.includes(target)) return false;
  if (type.toLowerCase() !== control.tag.toLowerCase()) return false;
  const nested = value[name as string];
  return hasValue(isObject(nested) ? nested : value, control);
}

/** The key of `value` that holds what was picked, and what may be in it. Tags without an entry take anything. */
const shapes: Record<string, (value: JsonObject, control: Control) => boolean> = {
  Choices: ({ choices }, control) => isListOf(choices, isText) && arePicked(choices, control),
  Taxonomy: ({ taxonomy }, control) =>
    isListOf(taxonomy, (path) => isListOf(path, isText)) && arePicked(taxonomy.flat(), control),
  Rating: ({ rating }, { attributes }) =>
    isNumberLike(rating) && Number(rating) >= 0 && Number(rating) <= Number(attributes['maxRating'] ?? 5),
  Number: ({ number }) => isNumberLike(number),
  DateTime: ({ datetime }) => isText(datetime),
  TextArea: ({ text }) => isListOf(text, isText),
  Labels: (value, control) => isSpan(value) && isLabelled(value, control),
  HyperTextLabels: (value, control) => isSpan(value) && isLabelled(value, control),
  ParagraphLabels: (value, control) => isSpan(value) && isLabelled(value, control),
  TimeSeriesLabels: (value, control) => isSpan(value) && 'instant' in value && isLabelled(value, control),
  Rectangle: (value) => isBox(value),
  RectangleLabels: (value, control) => isBox(value) && isLabelled(value, control),
  Ellipse: (value) => isEllipse(value),
  EllipseLabels: (value, control) => isEllipse(value) && isLabelled(value, control),
  KeyPoint: (value) => areAtMost(value, 100, 'x', 'y'),
  KeyPointLabels: (value, control) => areAtMost(value, 100, 'x', 'y') && isLabelled(value, control),
  Polygon: (value) => isPolygon(value),
  PolygonLabels: (value, control) => isPolygon(value) && isLabelled(value, control),
};

const hasValue = (value: JsonObject, control: Control) => shapes[control.tag]?.(value, control) ?? true;

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isListOf = (value: Json | undefined, item: (one: Json) => boolean): value is Json[] =>
  Array.isArray(value) && value.every(item);
const arePicked = (labels: Json[], control: Control) =>
  control.labels.length === 0 || labels.every((label) => isText(label) && control.labels.includes(label));

/** pydantic takes "4" for a number. */
const isNumberLike = (value: Json | undefined) =>
  (typeof value === 'number' || typeof value === 'bigint' || (isText(value) && value.trim() !== '')) &&
  !Number.isNaN(Number(value));

const isSpan = ({ start, end }: JsonObject) =>
  [start, end].every((edge) => isText(edge) || isNumberLike(edge));

function isLabelled(value: JsonObject, control: Control): boolean {
  const labels = value[control.tag.toLowerCase()];
  return isListOf(labels, isText) && arePicked(labels, control);
}

const areAtMost = (value: JsonObject, most: number, ...names: string[]) =>
  names.every((name) => isNumberLike(value[name]) && Number(value[name]) <= most);

const isBox = (value: JsonObject) =>
  areAtMost(value, 100, 'x', 'y', 'width', 'height') && areAtMost({ rotation: 0, ...value }, 360, 'rotation');
const isEllipse = (value: JsonObject) =>
  areAtMost(value, 100, 'x', 'y') && areAtMost(value, 50, 'radiusX', 'radiusY');
const isPolygon = ({ points }: JsonObject) =>
  isListOf(
    points,
    (point) =>
      Array.isArray(point) && point.length === 2 && areAtMost({ x: point[0]!, y: point[1]! }, 100, 'x', 'y'),
  );
