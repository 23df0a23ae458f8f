import { isJsonObject, writeJson, type Json } from '#wire/json/json.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { skipValue } from '#domain/parse/json/skip-bytes.ts';
import type { Layout } from '#domain/parse/layout.ts';
import { FREE, maxSampled as maxValues } from '#domain/parse/columns/kept-column.ts';
import { codeAt } from '#domain/parse/columns/columnar-rows.ts';
import type { SourceText } from '#domain/text/source-text.ts';
import { JsonCells } from '#domain/parse/objects/json-cells.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import { isTaskName } from '#domain/parse/mapping/task-column.ts';
import { objectAt, type ReadObjects } from '#domain/parse/objects/read-objects.ts';
import type { Records } from '#domain/parse/columns/records.ts';

/** The columns of objects; `sampled` has samples of unkept ones. */
export function columnsOfObjects({ names, rows }: ReadObjects, sampled: readonly Column[] = []): Column[] {
  return names.map((name, column) => {
    const kept = rows.kept[column];
    if (kept === undefined && column < sampled.length) return sampled[column]!;
    const length = kept === undefined ? 0 : Math.min(kept.codes - kept.first, maxValues);
    const samples = Array.from({ length }, (_, index) => kept!.valueOf(kept!.first + index)!);
    return { name, samples, isFull: samples.length === maxValues };
  });
}

/** Objects as records: members are columns. */
export function recordsOfObjects(
  text: SourceText,
  objects: ReadObjects,
  columns: readonly Column[],
  layout: Layout,
): Records {
  const { rows, names } = objects;
  const source = new JsonCells(text);
  /** The last parsed object, because cells are often read one after the other. */
  const last: { record?: number; object?: Json } = {};
  const parsed = (record: number): Json => {
    if (last.record !== record) Object.assign(last, { record, object: objectAt(objects, record) });
    return last.object!;
  };
  const spanOf = (record: number, column: number, from?: number): Span | undefined => {
    if (from !== undefined) return { from, to: skipValue(text.bytes, from) };
    if (objects.unusual.has(record)) return undefined;
    return objects.reader.memberSpan(objects.startOf(record), column);
  };
  const cell = (record: number, column: number): Json | undefined => {
    const code = codeAt(rows, record, column);
    if (code !== FREE) return rows.kept[column]!.valueOf(code);
    if (!objects.unusual.has(record)) {
      const span = spanOf(record, column);
      return span && source.cellAt(span.from, span.to);
    }
    const object = parsed(record);
    return isJsonObject(object) ? object[names[column]!] : undefined;
  };
  return {
    count: rows.count,
    rows,
    columns,
    cell,
    spanOf,
    span: (record, column, path) =>
      layout.spans([{ entry: record, path: column === undefined ? [] : [names[column]!, ...path] }])[0]!,
    markBefore: layout.markBefore,
    columnOver: () => undefined,
    isWritable: (record) => isJsonObject(parsed(record)),
    put(record, cells) {
      const object = parsed(record);
      const members = Array.from(cells, ([column, value]) => [names[column]!, value] as const);
      // Members are inserted after others; an empty object has none.
      if (isJsonObject(object) && Object.keys(object).length === 0 && !layout.isReadOnly) {
        const [span] = layout.spans([{ entry: record, path: [] }]);
        return [{ ...span!, put: writeJson(Object.fromEntries(members)) }];
      }
      return layout.edits(members.map(([name, value]) => ({ entry: record, path: [name], value })));
    },
  };
}

/** Members that only requests have. */
const ofRequests = ['tasks', 'selected_items', 'result'];
/** Items of a list sampled for detection. */
export const maxSampled = 20;

/**
 * True if a list contains records: objects with a task and at least one plain value that isn’t a request field. Objects
 * that may be requests with errors count as requests.
 */
export function areRecords(values: readonly Json[], fieldNames: readonly string[]): boolean {
  const objects = values.slice(0, maxSampled);
  return (
    objects.length > 0 &&
    objects.every(
      (object) =>
        isJsonObject(object) &&
        ofRequests.every((name) => !Object.hasOwn(object, name)) &&
        Object.keys(object).some(isTaskName),
    ) &&
    objects.some(
      (object) =>
        isJsonObject(object) &&
        Object.entries(object).some(
          ([name, value]) =>
            !fieldNames.includes(name) && !isTaskName(name) && !isJsonObject(value) && isPlain(value),
        ),
    )
  );
}

function isPlain(value: Json): boolean {
  return !Array.isArray(value) || value.every((item) => typeof item === 'string');
}

/** True for Label Studio’s JSON-MIN export: an object for each annotation with its answers by control. */
export function areMinimal(values: readonly Json[]): boolean {
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        isJsonObject(value) &&
        ['id', 'annotation_id', 'annotator'].every((name) => name in value) &&
        !('result' in value),
    )
  );
}
