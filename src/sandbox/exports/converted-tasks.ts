import { isObject, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { repr } from '#sandbox/http/python.ts';
import { notSupported, serverError } from '#sandbox/http/refusal.ts';
import { readLabelConfig, type LabelConfig } from '#sandbox/label-config/label-config.ts';

/* An export as converted by label_studio_sdk 2.1.2: a record for each annotation, with its answers by control. */

/** `convert_to_json_min` of `converter/converter.py`. */
export function writeJsonMin(tasks: JsonObject[], labelConfig: string): string {
  const records = itemsOf(tasks, labelConfig).map(({ id, input, output, annotation }) => ({
    ...input,
    id,
    ...output,
    annotator: annotation?.['completed_by'] ?? null,
    ...timesOf(annotation),
  }));
  return writeJson(records);
}

/** `converter/exports/csv2.py`: columns by name, numbers bare and everything else in quotes. */
export function writeTable(tasks: JsonObject[], labelConfig: string, separator: string): string {
  const items = itemsOf(tasks, labelConfig);
  const controls = new Set(items.flatMap(({ output }) => Object.keys(output)));
  const rows = items.map(({ id, input, output, annotation }) => {
    const cells: JsonObject = { id };
    for (const [name, value] of Object.entries(output))
      cells[name] = typeof value === 'string' ? value : inCell(value);
    for (const [name, value] of Object.entries(input))
      cells[controls.has(name) ? `_data_${name}` : name] =
        typeof value === 'object' && value !== null ? inCell(value) : value;
    const author = annotation?.['completed_by'];
    return { ...cells, annotator: author === undefined ? null : repr(author), ...timesOf(annotation) };
  });
  const always = ['annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time'];
  const columns = [...new Set([...always, ...rows.flatMap((row) => Object.keys(row))])].toSorted();
  const lines = [
    columns.map((name) => quoted(name)),
    ...rows.map((row) => columns.map((name) => cellOf(name, row[name as keyof typeof row] ?? ''))),
  ];
  return lines.map((cells) => `${cells.join(separator)}\r\n`).join('');
}

/** In ujson’s notation. */
const inCell = (value: Json): string => writeJson(value).replaceAll('/', String.raw`\/`);

/** An annotation of a task, or a task without one. */
interface Item {
  id: Json;
  input: JsonObject;
  /** Control → its answer in the converter’s short form. */
  output: JsonObject;
  annotation: JsonObject | undefined;
}

/** `annotation_result_from_task`: newest first, without cancelled ones. */
function itemsOf(tasks: JsonObject[], labelConfig: string): Item[] {
  if (labelConfig.includes('indexFlag')) throw notSupported('export of a Repeater to this format');
  const config = readLabelConfig(labelConfig);
  return tasks.flatMap((task): Item[] => {
    const { id, data } = task as { id: Json; data: JsonObject };
    const all = task['annotations'] as JsonObject[];
    if (all.length === 0) return [{ id, input: data, output: {}, annotation: undefined }];
    return all
      .filter(({ was_cancelled: cancelled }) => cancelled !== true)
      .toSorted(newestFirst)
      .map((annotation) => ({ id, input: data, output: outputOf(annotation, config), annotation }));
  });
}

const newestFirst = (one: JsonObject, other: JsonObject): number => {
  const [first, second] = [one['created_at'] as string, other['created_at'] as string];
  return first === second ? 0 : first < second ? 1 : -1;
};

function outputOf(annotation: JsonObject, { controls }: LabelConfig): JsonObject {
  const values: Record<string, { tag: string; value: JsonObject }[]> = {};
  for (const region of (annotation['result'] as JsonObject[] | null) ?? []) {
    const { from_name: name, type, value } = region;
    if (type === 'chatmessage') throw notSupported('export of chats to this format');
    const control = typeof name === 'string' && controls.get(name);
    if (!control) continue;
    if (value === undefined) throw serverError("'value'");
    if (!isObject(value)) throw serverError(`'${typeof value}' object does not support item assignment`);
    const { original_width: width, original_height: height } = region;
    (values[name] ??= []).push({
      tag: control.tag,
      value: {
        ...value,
        ...(width !== undefined && { original_width: width }),
        ...(height !== undefined && { original_height: height }),
      },
    });
  }
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, shortened(all)]));
}

/** `prettify_result` of `converter/utils.py`: a single choice or text isn’t a list. */
function shortened(all: { tag: string; value: JsonObject }[]): Json {
  const short = all.map(({ tag, value }) => {
    const key = tag === 'Choices' ? 'choices' : tag === 'TextArea' ? 'text' : undefined;
    if (key === undefined) return value;
    const list = value[key];
    if (list === undefined) throw serverError(`'${key}'`);
    return (Array.isArray(list) || typeof list === 'string') && list.length === 1 ? list[0]! : value;
  });
  const { tag } = all.at(-1)!;
  return (tag === 'Choices' || tag === 'TextArea') && short.length === 1 ? short[0]! : short;
}

const timesOf = (annotation: JsonObject | undefined) => ({
  annotation_id: annotation?.['id'] ?? null,
  created_at: annotation?.['created_at'] ?? null,
  updated_at: annotation?.['updated_at'] ?? null,
  lead_time: annotation?.['lead_time'] ?? null,
});

function cellOf(name: string, value: Json): string {
  if (typeof value === 'boolean') return repr(value);
  // Stored as a float.
  if (typeof value === 'number' && name === 'lead_time' && Number.isInteger(value)) return `${value}.0`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return quoted(value === null ? '' : (value as string));
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
