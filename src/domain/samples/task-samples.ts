import { displayedFields, type Control, type LabelConfig } from '#config/label-config.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { mayBeFormula } from '#domain/text/escape-formula.ts';
import { KeyReader, isUpload } from '#domain/match/key-reader.ts';
import { writeJson, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { sampleCsv } from './sample.ts';
import { exampleRegions } from './example.ts';
import { sampleResults } from './sample-results.ts';

/** The format of a sample: a spreadsheet, Label Studio’s export, COCO, or doccano’s JSON Lines. */
export type SampleKind = 'table' | 'export' | 'boxes' | 'spans';

/** A task of the project with its data. */
export interface SampleTask {
  id: number;
  data: Record<string, unknown>;
}

const kinds: readonly SampleKind[] = ['table', 'export', 'boxes', 'spans'];

/** The kinds of samples that fit a project’s labels; whether its tasks fit shows only when one is created. */
export function sampleKinds(config: LabelConfig): SampleKind[] {
  const allows: Record<SampleKind, boolean> = {
    table: sampleCsv(config, [1]) !== undefined,
    export: sampleResults(config).results.length > 0 || exampleRegions(config).length > 0,
    boxes: drawn(config, 'rectanglelabels', 'image') !== undefined,
    spans: drawn(config, 'labels', 'text') !== undefined,
  };
  return kinds.filter((kind) => allows[kind]);
}

/** A sample text for some of the project’s tasks; undefined if this kind isn’t possible. */
export function taskSample(
  kind: SampleKind,
  config: LabelConfig,
  tasks: readonly SampleTask[],
): string | undefined {
  if (tasks.length === 0) return undefined;
  if (kind === 'table') return table(config, tasks);
  if (kind === 'export') return labelStudioExport(config, tasks);
  return kind === 'boxes' ? coco(config, tasks) : doccano(config, tasks);
}

function table(config: LabelConfig, tasks: readonly SampleTask[]): string | undefined {
  const ids = tasks.map(({ id }) => id);
  return sampleCsv(config, ids, keyColumn(config, tasks))?.text;
}

/** The first displayed field with short, distinct values in all tasks. File names are those before the upload. */
function keyColumn(config: LabelConfig, tasks: readonly SampleTask[]) {
  for (const { key, isImage } of displayedFields(config)) {
    const values = tasks.map(({ data }) => (isImage ? fileName(data[key]) : data[key]));
    const isKey = values.every(
      (value) =>
        typeof value === 'string' &&
        value.trim() !== '' &&
        value.length <= limits.sampleKeyUnits &&
        !mayBeFormula(value),
    );
    const isFree = !mayBeFormula(key) && !config.controls.has(key);
    if (isKey && isFree && new Set(values).size === values.length)
      return { name: key, values: values as string[] };
  }
  return undefined;
}

function labelStudioExport(config: LabelConfig, tasks: readonly SampleTask[]): string | undefined {
  const { results } = sampleResults(config);
  const regions = results.length === 0 ? [exampleRegions(config)] : results;
  const labelled = regions
    .filter((result) => result.length > 0)
    .slice(0, tasks.length)
    .map((result, index): JsonObject => ({
      id: tasks[index]!.id,
      annotations: [{ id: index + 1, result, was_cancelled: false }],
    }));
  return labelled.length === 0 ? undefined : `${formatJson(writeJson(labelled))}\n`;
}

/** A box of each label, side by side, on pictures of an assumed size, which COCO must state. */
function coco(config: LabelConfig, tasks: readonly SampleTask[]): string | undefined {
  const found = drawn(config, 'rectanglelabels', 'image');
  if (found === undefined) return undefined;
  const { labels, field } = found;
  const [width, height] = [640, 480];
  const step = width / (labels.length + 1);
  const images: JsonObject[] = [];
  const annotations: JsonObject[] = [];
  for (const { id, data } of tasks) {
    const name = fileName(data[field]);
    if (name === undefined) continue;
    images.push({ id, file_name: name, width, height });
    for (const [index] of labels.entries()) {
      const bbox = [Math.round(step * (index + 0.5)), 180, Math.round(step * 0.8), 120];
      annotations.push({ id: annotations.length + 1, image_id: id, category_id: index + 1, bbox });
    }
  }
  if (images.length === 0) return undefined;
  const categories = labels.map((name, index) => ({ id: index + 1, name }));
  return `${formatJson(writeJson({ images, categories, annotations }))}\n`;
}

/** The first words of each text with a label each. */
function doccano(config: LabelConfig, tasks: readonly SampleTask[]): string | undefined {
  const found = drawn(config, 'labels', 'text');
  if (found === undefined) return undefined;
  const { labels, field } = found;
  const lines: string[] = [];
  for (const { data } of tasks) {
    const text = data[field];
    if (typeof text !== 'string' || text.length > limits.sampleKeyUnits) continue;
    const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, labels.length);
    if (words.length === 0) continue;
    // doccano counts code points.
    const spans = words.map(({ 0: word, index: at }, label) => {
      const start = Array.from(text.slice(0, at)).length;
      return [start, start + Array.from(word).length, labels[label]!];
    });
    lines.push(writeJson({ text, label: spans }));
  }
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}

const maxLabels = 3;

/** The first control of this type on such an object, with its first labels and the object’s field. */
function drawn(
  config: LabelConfig,
  type: string,
  object: string,
): { labels: string[]; field: string } | undefined {
  for (const control of config.controls.values()) {
    const field = control.type === type ? fieldOf(control, config, object) : undefined;
    const labels = control.options.slice(0, maxLabels).map(({ result }) => result);
    if (field !== undefined && labels.length > 0) return { labels, field };
  }
  return undefined;
}

function fieldOf({ toName }: Control, { objects }: LabelConfig, tag: string): string | undefined {
  const object = objects.get(toName[0] ?? '');
  if (object?.tag.toLowerCase() !== tag) return undefined;
  return /^\$(.+)$/.exec(object.attributes['value'] ?? '')?.[1];
}

/** The file name before the upload. */
function fileName(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const reader = new KeyReader({ compare: 'file-name', ignoresCase: false });
  reader.read(address);
  if (isUpload(address)) reader.skipUploadPrefix();
  return reader.key || undefined;
}
