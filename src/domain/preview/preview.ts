import { findTag } from '#config/control-tags.ts';
import {
  numberAttribute,
  type Control,
  type LabelConfig,
  type ObjectTag,
  type Option,
} from '#config/label-config.ts';
import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { shorten } from '#wire/text/words.ts';
import { inkOn, labelColor } from './label-color.ts';
import { spanInHtml, textOfHtml, type HtmlText } from './html-text.ts';
import { maskOf, type Mask } from './mask.ts';
import { shapeOf, type Shape } from './shapes.ts';
import { spanOf, type TextSpan } from './spans.ts';

/** An annotation on its task, ready to be drawn. Its size is bounded for any result and task. */
export interface Preview {
  images: ImagePreview[];
  texts: TextPreview[];
  /** Answers about the whole task, or about a region. */
  answers: AnswerPreview[];
  /** All drawn or listed regions in result order; at most `limits.previewRegions`. */
  regions: RegionPreview[];
  /** Number of further regions. */
  moreRegions: number;
  /** Number of regions that can’t be drawn: the project has no control for them, or they are empty. */
  unknownRegions: number;
}

export interface ImagePreview {
  /** The name of the object tag. */
  name: string;
  /** The address in the task’s data; undefined while the task is unknown. */
  url: string | undefined;
  /** With the number of their region. */
  shapes: { region: number; shape: Shape }[];
  masks: { region: number; mask: Mask }[];
}

export interface TextPreview {
  name: string;
  /** At most `limits.previewTextUnits` of it; undefined while the task is unknown. */
  text: string | undefined;
  isCut: boolean;
  /** True for the text of an HTML page, a line for each block, on which spans are found by their words. */
  isHtml: boolean;
  spans: (TextSpan & { region: number })[];
}

export interface RegionPreview {
  /** From 1, as in the drawing. */
  number: number;
  labels: string[];
  /** A CSS colour. */
  color: string;
  /** The text colour on it. */
  ink: 'black' | 'white';
  /** The place in words: `x 10, y 20, w 30, h 40`. */
  place: string;
}

export interface AnswerPreview {
  control: string;
  tag: string;
  /** Choices, texts, paths; the number of stars of a rating. */
  values: string[];
  /** For a rating: the number of stars. */
  stars?: number;
}

/** Previews a result on a task. `data` is the task’s data; undefined while unknown. */
export function previewOf(
  result: Json | undefined,
  config: LabelConfig,
  data: Readonly<Record<string, unknown>> | undefined,
): Preview {
  const preview: Preview = {
    images: [],
    texts: [],
    answers: [],
    regions: [],
    moreRegions: 0,
    unknownRegions: 0,
  };
  const pages = new Map<string, HtmlText>();
  for (const object of config.objects.values()) addObject(preview, pages, object, data);
  for (const region of Array.isArray(result) ? result : [])
    addRegion(preview, pages, isJsonObject(region) ? region : {}, config);
  return preview;
}

/** True for objects whose text is drawn. */
export const drawsText = (tag: string): boolean => tag === 'Text' || tag === 'HyperText';

function addObject(
  { images, texts }: Preview,
  pages: Map<string, HtmlText>,
  { name, tag, attributes }: ObjectTag,
  data: Readonly<Record<string, unknown>> | undefined,
): void {
  const key = /^\$(.+)$/.exec(attributes['value'] ?? attributes['valuelist'] ?? '')?.[1];
  const value: unknown = key === undefined || data === undefined ? undefined : data[key];
  // The first of several pages is shown.
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof first === 'string' ? first : undefined;
  if (tag === 'Image') images.push({ name, url: text, shapes: [], masks: [] });
  if (!drawsText(tag)) return;
  const isHtml = tag === 'HyperText';
  // A page at an address isn’t loaded.
  const shown = isHtml && attributes['valuetype'] === 'url' ? undefined : text;
  const start = shown?.slice(0, limits.previewTextUnits);
  const isCut = (shown?.length ?? 0) > limits.previewTextUnits;
  const page = start !== undefined && isHtml ? textOfHtml(start) : undefined;
  if (page) pages.set(name, page);
  texts.push({ name, text: page ? page.shown : start, isCut, isHtml, spans: [] });
}

function addRegion(
  preview: Preview,
  pages: ReadonlyMap<string, HtmlText>,
  region: JsonObject,
  config: LabelConfig,
): void {
  const { from_name: from, to_name: to, value } = region;
  const control = typeof from === 'string' ? config.controls.get(from) : undefined;
  if (control === undefined || !isJsonObject(value)) {
    preview.unknownRegions += 1;
    return;
  }
  const tag = findTag(control.tag);
  if (tag?.makes !== 'region') {
    preview.answers.push({
      control: control.name,
      tag: control.tag,
      values: answersIn(value, control.options),
      ...(control.tag === 'Rating' && { stars: numberAttribute(control, 'maxrating') ?? 5 }),
    });
    return;
  }
  if (preview.regions.length >= limits.previewRegions) {
    preview.moreRegions += 1;
    return;
  }
  const labels = labelsIn(value, tag.labels);
  const number = preview.regions.length + 1;
  const color = colorOf(control, labels);
  const shape = shapeOf(value);
  const image = preview.images.find(({ name }) => name === to);
  const text = preview.texts.find(({ name }) => name === to);
  const mask = image && maskOf(region, value);
  if (image && shape) image.shapes.push({ region: number, shape });
  if (image && mask) image.masks.push({ region: number, mask });
  const span = text && (text.isHtml ? spanInHtml(value, pages.get(text.name)) : spanOf(value, text.text));
  if (text && span) text.spans.push({ ...span, region: number });
  const place = shape ? placeOf(shape) : mask ? `mask of ${mask.width} × ${mask.height}` : wordsOf(value);
  const names = labels.map((label) => namesOf([label], control.options)[0]!);
  preview.regions.push({ number, labels: names.map(cut), color, ink: inkOn(color), place });
}

const cut = (text: string) => shorten(text, limits.shownUnits);

function labelsIn(value: JsonObject, key: string | undefined): string[] {
  const labels = key === undefined ? undefined : value[key];
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string').slice(0, 20) : [];
}

/** The values of an answer as annotators see them: each choice, path or text; at most `limits.answerValues`. */
function answersIn(value: JsonObject, options: readonly Option[]): string[] {
  const [answer] = Object.values(value);
  const list = Array.isArray(answer) ? answer : [answer ?? null];
  return list
    .slice(0, limits.answerValues)
    .map((one) => cut(namesOf(Array.isArray(one) ? one : [one], options).join(' > ')));
}

/** The displayed names of a path from the top level: an option with an alias has another name in results. */
function namesOf(path: readonly Json[], options: readonly Option[]): string[] {
  let level: readonly Option[] = options;
  return path.map((step) => {
    const option = level.find(({ result }) => result === step);
    level = option?.children ?? [];
    return option?.value ?? (typeof step === 'string' ? step : writeJson(step));
  });
}

function colorOf(control: Control, labels: readonly string[]): string {
  const index = control.options.findIndex(({ result }) => result === labels[0]);
  const option: Option | undefined = control.options[index];
  return labelColor(option?.attributes['background'], Math.max(0, index));
}

const round = (number: number) => Number(number.toFixed(1));

function placeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'box':
      return `x ${round(shape.x)}, y ${round(shape.y)}, w ${round(shape.width)}, h ${round(shape.height)}`;
    case 'ellipse':
      return `x ${round(shape.x)}, y ${round(shape.y)}, rx ${round(shape.radiusX)}, ry ${round(shape.radiusY)}`;
    case 'polygon':
      return `${shape.points.length} points`;
    case 'point':
      return `x ${round(shape.x)}, y ${round(shape.y)}`;
  }
}

/** The content of a region: the text of a span, else its numbers. */
function wordsOf(value: JsonObject): string {
  const { text, start, end } = value;
  if (typeof text === 'string') return cut(`“${text}”`);
  return start === undefined || end === undefined ? '' : `${writeJson(start)}–${writeJson(end)}`;
}
