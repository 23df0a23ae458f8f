import type { JsonObject } from '#wire/json/json.ts';
import { within, type Report } from '#wire/problem.ts';
import { angle, limitsOfSides, readSide, vertices } from './image-regions.ts';
import type { Control } from '#config/label-config.ts';
import { checkBoolean, objectsOf, percent, readList, readNumber, readOptionalNumber } from './fields.ts';

/*
 * Keyframes of a video; the editor interpolates between them.
 */

const count = { min: 1, whole: true };

/** The SDK’s `VideoRectangleValue` also requires `time`, but the editor omits it. */
export function videoRectangle(value: JsonObject, _control: Control, report: Report): void {
  const example = '{"frame": 1, "x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0, "enabled": true}';
  keyframes(value, example, report, (frame, inside) => {
    for (const key of ['x', 'y']) readNumber(frame, key, percent, inside);
    const limits = limitsOfSides(frame);
    readSide(frame, 'width', limits, inside);
    readSide(frame, 'height', limits, inside);
    // The editor writes negative angles in a video: `getNodeAbsoluteDimensions` of its `tags/object/Video/tools.ts`.
    readOptionalNumber(frame, 'rotation', angle, inside);
  });
}

/** https://labelstud.io/tags/videovectorlabels */
export function videoVector(value: JsonObject, control: Control, report: Report): void {
  const example = '{"frame": 1, "enabled": true, "closed": false, "vertices": [{"x": 25, "y": 30}]}';
  keyframes(value, example, report, (frame, inside) => {
    checkBoolean(frame, 'closed', inside);
    vertices(frame, control, inside);
  });
}

function keyframes(
  value: JsonObject,
  example: string,
  report: Report,
  check: (frame: JsonObject, report: Report) => void,
): void {
  readOptionalNumber(value, 'framesCount', count, report);
  readOptionalNumber(value, 'duration', { min: 0 }, report);
  const sequence = readList(value, 'sequence', `[${example}]`, report);
  if (sequence === undefined) return;
  if (sequence.length === 0) {
    report('error', 'sequence-empty', `“sequence” is empty. Add keyframes such as ${example}.`, ['sequence']);
  }
  let before = -Infinity;
  for (const [frame, index] of objectsOf(sequence, 'sequence', example, report)) {
    const inside = within(report, 'sequence', index);
    const number = readNumber(frame, 'frame', { min: 0, whole: true }, inside);
    checkBoolean(frame, 'enabled', inside);
    readOptionalNumber(frame, 'time', { min: 0 }, inside);
    check(frame, inside);
    if (number === undefined) continue;
    if (number <= before) {
      const message = `Frame ${number} comes after frame ${before}. List each keyframe once, in the order of the video.`;
      inside('warning', 'frames-out-of-order', message, ['frame']);
    }
    before = number;
  }
}
