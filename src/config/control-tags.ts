import type { JsonObject } from '#wire/json/json.ts';
import type { Report } from '#wire/problem.ts';
import { chat } from '#config/check/values/chat.ts';
import { datetime } from '#config/check/values/datetime.ts';
import { reactcode } from '#config/check/values/react-code.ts';
import * as classification from '#config/check/values/classification.ts';
import * as image from '#config/check/values/image-regions.ts';
import type { Control } from './label-config.ts';
import * as span from '#config/check/values/span-regions.ts';
import * as video from '#config/check/values/video-regions.ts';

/** A known control tag. */
export interface Tag {
  /** Spelled as in the documentation. */
  tag: string;
  /** The `type` of its regions. */
  type: string;
  /** `region`: draws or marks a region. `answer`: answers about a whole object, or about another control’s region. */
  makes: 'answer' | 'region';
  /** The key of `value` with the labels of this control. */
  labels?: string;
  /** The keys of `value` that the editor reads. */
  keys: readonly string[];
  check: (value: JsonObject, control: Control, report: Report) => void;
  /** True if it is both object and control, so that its regions refer to itself. */
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
  answer('Choices', 'choices', classification.choices),
  answer('Taxonomy', 'taxonomy', classification.taxonomy),
  answer('Rating', 'rating', classification.rating),
  answer('Number', 'number', classification.number),
  answer('DateTime', 'datetime', datetime),
  answer('TextArea', 'text', classification.textarea, { type: 'textarea' }),
  answer('Pairwise', 'selected', classification.pairwise, { type: 'pairwise', isItsOwnObject: true }),
  answer('Ranker', 'ranker', classification.ranker),

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

  { ...region('Chat', ['chatmessage'], chat), type: 'chatmessage', isItsOwnObject: true },
  { ...region('ReactCode', ['reactcode'], reactcode), isItsOwnObject: true },
];

const byName = new Map(all.flatMap((tag) => [tag.tag, tag.tag.toLowerCase()].map((name) => [name, tag])));

/** Finds a control tag, ignoring case. */
export function findTag(name: string): Tag | undefined {
  return byName.get(name) ?? byName.get(name.toLowerCase());
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

/** Keys with the position of a region. Per-region answers repeat them. */
export const positionKeys: ReadonlySet<string> = new Set(
  all
    .filter(({ makes }) => makes === 'region')
    .flatMap(({ keys, labels }) => keys.filter((key) => key !== labels)),
);
