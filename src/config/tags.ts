import type { JsonObject } from '#wire/json.ts';
import type { Report } from '#wire/problem.ts';
import * as answers from '#config/check/values/answers.ts';
import * as image from '#config/check/values/image-shapes.ts';
import type { Control } from './label-config.ts';
import * as span from '#config/check/values/span-shapes.ts';
import * as video from '#config/check/values/video-shapes.ts';

/** A known control tag. */
export interface Tag {
  /** In documented case. */
  tag: string;
  /** The `type` of its regions. */
  type: string;
  /** `region`: draws or marks a region. `answer`: answers about a whole object, or about a region of another control. */
  makes: 'answer' | 'region';
  /** The key of `value` with the labels of this control. */
  labels?: string;
  /** The keys of `value` that the editor reads. */
  keys: readonly string[];
  check: (value: JsonObject, control: Control, say: Report) => void;
  /** Whether it is both object and control, so that its regions point to itself. */
  isItsOwnObject?: boolean;
}

const box = ['x', 'y', 'width', 'height', 'rotation'];
const round = ['x', 'y', 'radiusX', 'radiusY', 'rotation'];
const textual = ['start', 'end', 'text'];
const paged = [...textual, 'startOffset', 'endOffset', 'globalOffsets'];
const moving = ['sequence', 'framesCount', 'duration'];

/**
 * Every control tag; a new one is one line here. Sources: the editor's `tags/control`, the SDK's
 * `label_interface/control_tags.py`, and https://labelstud.io/tags.
 */
const all: readonly Tag[] = [
  answer('Choices', 'choices', answers.choices),
  answer('Taxonomy', 'taxonomy', answers.taxonomy),
  answer('Rating', 'rating', answers.rating),
  answer('Number', 'number', answers.number),
  answer('DateTime', 'datetime', answers.datetime),
  answer('TextArea', 'text', answers.textarea, { type: 'textarea' }),
  answer('Pairwise', 'selected', answers.pairwise, { type: 'pairwise', isItsOwnObject: true }),
  answer('Ranker', 'ranker', answers.ranker),

  ...drawn('Rectangle', box, image.rectangle),
  ...drawn('Ellipse', round, image.ellipse),
  ...drawn('Polygon', ['points', 'closed'], image.polygon),
  ...drawn('KeyPoint', ['x', 'y', 'width'], image.keypoint),
  ...drawn('Brush', ['format', 'rle'], image.brush),
  ...drawn('Bitmask', ['imageDataURL', 'format'], image.bitmask),
  ...drawn('Vector', ['vertices', 'closed'], image.vector),
  region('MagicWand', ['format', 'rle'], image.brush),
  region('OcrLabels', [...box, 'ocrtext', 'pageIndex'], image.ocr, 'ocrlabels'),

  // The check of Labels depends on their object; see check-value.ts.
  region('Labels', [...paged, 'channel', 'instant'], () => {}, 'labels'),
  region('HyperTextLabels', paged, span.hyperTextSpan, 'hypertextlabels'),
  region('ParagraphLabels', paged, span.paragraphSpan, 'paragraphlabels'),
  region('TimeSeriesLabels', ['start', 'end', 'instant'], span.timeSeriesSpan, 'timeserieslabels'),
  region('TimelineLabels', ['ranges'], span.timeline, 'timelinelabels'),
  region('VideoRectangle', [...moving, 'labels'], video.videoRectangle),
  region('VideoVector', [...moving, 'labels'], video.videoVector),
  region('VideoVectorLabels', moving, video.videoVector, 'labels'),

  { ...region('Chat', ['chatmessage'], answers.chat), type: 'chatmessage', isItsOwnObject: true },
  { ...region('ReactCode', ['reactcode'], answers.reactcode), isItsOwnObject: true },
];

const byName = new Map(all.map((tag) => [tag.tag.toLowerCase(), tag]));

/** Finds a control tag, ignoring case. */
export function tagNamed(name: string): Tag | undefined {
  return byName.get(name.toLowerCase());
}

function answer(tag: string, key: string, check: Tag['check'], more: Partial<Tag> = {}): Tag {
  return { tag, type: key, makes: 'answer', keys: [key], check, ...more };
}

function region(tag: string, keys: readonly string[], check: Tag['check'], labels?: string): Tag {
  const known = labels === undefined ? keys : [...keys, labels];
  return {
    tag,
    type: tag.toLowerCase(),
    makes: 'region',
    keys: known,
    check,
    ...(labels !== undefined && { labels }),
  };
}

/** A drawing tag, and its variant with labels. */
function drawn(tag: string, keys: readonly string[], check: Tag['check']): Tag[] {
  const labelled = `${tag}Labels`;
  return [region(tag, keys, check), region(labelled, keys, check, labelled.toLowerCase())];
}

/** Keys that describe where a region is. Per-region answers repeat them. */
export const placeKeys: ReadonlySet<string> = new Set(
  all
    .filter(({ makes }) => makes === 'region')
    .flatMap(({ keys, labels }) => keys.filter((key) => key !== labels)),
);
