import { findTag } from '#config/control-tags.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';

/*
 * Cells with region values, as in Label Studio’s CSV, TSV and JSON-MIN exports: a list of each region’s `value`, or a
 * single one. Other members of a region are added to its value (`label_studio_sdk/converter/converter.py`,
 * `annotation_result_from_task`).
 */

/** Region members that exports write into the value. */
const besideValue = ['original_width', 'original_height', 'image_rotation', 'original_length', 'item_index'];

/** The region values in a cell; undefined if it holds anything else. */
export function regionValuesIn(cell: Json): readonly JsonObject[] | undefined {
  const json = typeof cell === 'string' ? jsonIn(cell) : cell;
  const list = isJsonObject(json) ? [json] : json;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isJsonObject)) return undefined;
  return list;
}

function jsonIn(cell: string): Json | undefined {
  if (!/^\s*(?:\{|\[\s*\{)/.test(cell)) return undefined;
  const { value, problems } = readJson(cell);
  return problems.length === 0 ? value : undefined;
}

/** True for controls whose answers are regions with a place: boxes, spans, polygons. */
export const drawsRegions = ({ tag }: Control): boolean => findTag(tag)?.makes === 'region';

/** The key of `value` with the labels of a drawing control. */
export const labelsKey = ({ tag }: Control): string | undefined => findTag(tag)?.labels;

/** True if a control labels the regions that it draws, with labels that are all in the config. */
export const labelsRegions = (control: Control): boolean =>
  labelsKey(control) !== undefined && control.options.length > 0 && !control.optionsFromTask;

/** The key of `value` with the answer of a control that doesn’t draw. */
export const answerKey = ({ tag, type }: Pick<Control, 'tag' | 'type'>): string =>
  findTag(tag)?.keys[0] ?? (type === 'textarea' ? 'text' : type);

/** The answer in a region value, if it has nothing else: `{"choices": ["A", "B"]}`. */
export function soleAnswer(control: Control, cell: Json): Json | undefined {
  if (drawsRegions(control)) return undefined;
  const values = regionValuesIn(cell);
  const [only] = values ?? [];
  if (values?.length !== 1 || Object.keys(only!).length > 1) return undefined;
  return only![answerKey(control)];
}

/** The region for a value in a cell. */
export function regionOfValue(control: Control, given: JsonObject): JsonObject {
  const region: JsonObject = {
    from_name: control.name,
    to_name: control.toName[0] ?? '',
    type: control.type,
    value: {},
  };
  const value: JsonObject = {};
  const labels = labelsKey(control);
  const isGeneral = labels !== undefined && !(labels in given);
  for (const [key, one] of Object.entries(given)) {
    if (besideValue.includes(key)) region[key] = one;
    else value[isGeneral && key === 'labels' ? labels : key] = one;
  }
  return { ...region, value };
}

/** The path inside a cell of a part of a region; `path` starts with the region’s index. */
export function pathInCell(cell: Json, [index, field, key, ...rest]: Path): Path {
  const json = typeof cell === 'string' ? jsonIn(cell) : cell;
  const isList = Array.isArray(json);
  const given = isList ? json[Number(index)] : json;
  const inList = isList ? [index!] : [];
  if (!isJsonObject(given ?? null) || field === undefined) return inList;
  if (field !== 'value') return field in (given as JsonObject) ? [...inList, field] : inList;
  if (key === undefined) return inList;
  const own = key in (given as JsonObject) ? key : 'labels';
  return own in (given as JsonObject) ? [...inList, own, ...rest] : inList;
}

/** A cell with region values after changing a part of one, in its original notation. */
export function withPart(cell: Json, path: Path, part: Json): Json {
  const json = typeof cell === 'string' ? (jsonIn(cell) ?? null) : cell;
  const changed = put(json, path, part);
  return typeof cell === 'string' ? writeJson(changed) : changed;
}

function put(json: Json, [step, ...rest]: Path, part: Json): Json {
  if (step === undefined) return part;
  if (Array.isArray(json)) return json.with(Number(step), put(json[Number(step)] ?? null, rest, part));
  const object = isJsonObject(json) ? json : {};
  return { ...object, [step]: put(object[step] ?? null, rest, part) };
}

/** Controls that can draw the regions in these cells, judging by the values’ members; other cells are ignored. */
export function controlsOfRegions(config: LabelConfig, cells: readonly Json[]): Control[] {
  const values = cells.flatMap((cell) => regionValuesIn(cell) ?? []);
  if (values.length === 0) return [];
  return [...config.controls.values()].filter((control) => {
    const tag = findTag(control.tag);
    if (tag?.makes !== 'region') return false;
    const isKnown = (key: string) => tag.keys.includes(key) || key === 'labels' || besideValue.includes(key);
    const [first] = tag.keys;
    return values.every((value) => Object.hasOwn(value, first!) && Object.keys(value).every(isKnown));
  });
}

/** The control for a column of region values: the one with its name, else the only fitting one. */
export function controlOfRegions(
  config: LabelConfig | undefined,
  { name, samples }: { name: string; samples: readonly Json[] },
): Control | undefined {
  if (config === undefined || !samples.some((sample) => regionValuesIn(sample) !== undefined))
    return undefined;
  const named = config.controls.get(name);
  if (named !== undefined) return drawsRegions(named) ? named : undefined;
  const fitting = controlsOfRegions(config, samples);
  return fitting.length === 1 ? fitting[0] : undefined;
}
