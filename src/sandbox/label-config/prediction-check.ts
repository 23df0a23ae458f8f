import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import type { Control, LabelConfig } from './label-config.ts';

/**
 * `validate_prediction` of label_studio_sdk `label_interface/interface.py` and `control_tags.py`. It gives no reasons,
 * because the server skips invalid predictions silently.
 */
export function isValidPrediction(prediction: JsonObject, config: LabelConfig): boolean {
  const { result, score = null } = prediction;
  if (!Array.isArray(result)) return false;
  if (score !== null && !(isNumberLike(score) && Number(score) >= 0 && Number(score) <= 1)) return false;

  const regions = result.filter((one) => !isObject(one) || one['type'] !== 'relation');
  if (!regions.every((one) => isObject(one) && isValidRegion(one, config))) return false;
  const ids = new Set(regions.map((one) => (one as JsonObject)['id']));
  return result.every((one) => !isObject(one) || one['type'] !== 'relation' || isValidRelation(one, ids));
}

function isValidRelation(relation: JsonObject, ids: Set<Json | undefined>): boolean {
  const { direction, from_id: from, to_id: to } = relation;
  const directions: (Json | undefined)[] = ['left', 'right', 'bi'];
  return (
    directions.includes(direction) && from !== undefined && ids.has(from) && to !== undefined && ids.has(to)
  );
}

function isValidRegion(region: JsonObject, config: LabelConfig): boolean {
  const { from_name: name, to_name: target, type, value } = region;
  const control = typeof name === 'string' ? config.controls.get(name) : undefined;
  if (!control || typeof target !== 'string' || typeof type !== 'string' || !isObject(value)) return false;
  if (!config.objects.has(target) || !control.toName.includes(target)) return false;
  if (type.toLowerCase() !== control.tag.toLowerCase()) return false;
  const nested = value[name as string];
  return isValidValue(isObject(nested) ? nested : value, control);
}

/** Checks of `value` by control tag. Tags without an entry accept anything. */
const valueChecks: Record<string, (value: JsonObject, control: Control) => boolean> = {
  Choices: ({ choices }, control) => isListOf(choices, isText) && areKnownLabels(choices, control),
  Taxonomy: ({ taxonomy }, control) =>
    isListOf(taxonomy, (path) => isListOf(path, isText)) && areKnownLabels(taxonomy.flat(), control),
  Rating: ({ rating }, { attributes }) =>
    isNumberLike(rating) && Number(rating) >= 0 && Number(rating) <= Number(attributes['maxRating'] ?? 5),
  Number: ({ number }) => isNumberLike(number),
  DateTime: ({ datetime }) => isText(datetime),
  TextArea: ({ text }) => isListOf(text, isText),
  Labels: (value, control) => isSpan(value) && hasKnownLabels(value, control),
  HyperTextLabels: (value, control) => isSpan(value) && hasKnownLabels(value, control),
  ParagraphLabels: (value, control) => isSpan(value) && hasKnownLabels(value, control),
  TimeSeriesLabels: (value, control) => isSpan(value) && 'instant' in value && hasKnownLabels(value, control),
  Rectangle: (value) => isBox(value),
  RectangleLabels: (value, control) => isBox(value) && hasKnownLabels(value, control),
  Ellipse: (value) => isEllipse(value),
  EllipseLabels: (value, control) => isEllipse(value) && hasKnownLabels(value, control),
  KeyPoint: (value) => areNumbersUpTo(value, 100, 'x', 'y'),
  KeyPointLabels: (value, control) => areNumbersUpTo(value, 100, 'x', 'y') && hasKnownLabels(value, control),
  Polygon: (value) => isPolygon(value),
  PolygonLabels: (value, control) => isPolygon(value) && hasKnownLabels(value, control),
};

const isValidValue = (value: JsonObject, control: Control) =>
  valueChecks[control.tag]?.(value, control) ?? true;

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isListOf = (value: Json | undefined, item: (one: Json) => boolean): value is Json[] =>
  Array.isArray(value) && value.every(item);
const areKnownLabels = (labels: Json[], control: Control) =>
  control.labels.length === 0 || labels.every((label) => isText(label) && control.labels.includes(label));

/** pydantic accepts "4" as a number. */
const isNumberLike = (value: Json | undefined) =>
  (typeof value === 'number' || typeof value === 'bigint' || (isText(value) && value.trim() !== '')) &&
  !Number.isNaN(Number(value));

const isSpan = ({ start, end }: JsonObject) =>
  [start, end].every((edge) => isText(edge) || isNumberLike(edge));

function hasKnownLabels(value: JsonObject, control: Control): boolean {
  const labels = value[control.tag.toLowerCase()];
  return isListOf(labels, isText) && areKnownLabels(labels, control);
}

const areNumbersUpTo = (value: JsonObject, most: number, ...names: string[]) =>
  names.every((name) => isNumberLike(value[name]) && Number(value[name]) <= most);

const isBox = (value: JsonObject) =>
  areNumbersUpTo(value, 100, 'x', 'y', 'width', 'height') &&
  areNumbersUpTo({ rotation: 0, ...value }, 360, 'rotation');
const isEllipse = (value: JsonObject) =>
  areNumbersUpTo(value, 100, 'x', 'y') && areNumbersUpTo(value, 50, 'radiusX', 'radiusY');
const isPolygon = ({ points }: JsonObject) =>
  isListOf(
    points,
    (point) =>
      Array.isArray(point) &&
      point.length === 2 &&
      areNumbersUpTo({ x: point[0]!, y: point[1]! }, 100, 'x', 'y'),
  );
