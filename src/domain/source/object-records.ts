import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import { CodeWriter, KeyCodes } from '../codes.ts';
import { TaskIdWriter } from '../task-ids.ts';
import type { Layout } from './layout.ts';
import { isTaskName } from './map-columns.ts';
import { mostLookedAt, type RecordKinds, type Records } from './records.ts';

/** Objects as records: their members are the columns. `layout` tells where each object stands. */
export function recordsOfObjects(objects: readonly Json[], layout: Layout): Records {
  const samples = new Map<string, Set<Json>>();
  for (const object of objects) {
    if (!isJsonObject(object)) continue;
    for (const [name, value] of Object.entries(object)) {
      const seen = samples.get(name) ?? new Set();
      if (seen.size < mostLookedAt) seen.add(value);
      samples.set(name, seen);
    }
  }
  const names = [...samples.keys()];
  const at = (record: number, column: number) => {
    const object = objects[record];
    return isJsonObject(object) ? object[names[column]!] : undefined;
  };
  return {
    count: objects.length,
    columns: names.map((name) => ({ name, samples: [...samples.get(name)!] })),
    cell: at,
    apart: (column) => kindsApart(objects, names[column]!),
    span: (record, column, path) =>
      layout.spans([
        { entry: record, path: column === undefined ? [] : [names[column]!, ...path], of: 'value' },
      ])[0]!,
    markBefore: layout.markBefore,
    columnOver: () => undefined,
    isWritable: (record) => isJsonObject(objects[record]),
    put: (record, column, cell) => layout.edits([{ entry: record, path: [names[column]!], value: cell }])[0]!,
  };
}

/** Objects that say the same under all names but this one are of one kind. */
function kindsApart(objects: readonly Json[], taskName: string): RecordKinds {
  const keys = new KeyCodes();
  const kindOf = new CodeWriter();
  const tasks = new TaskIdWriter();
  const firsts: number[] = [];
  objects.forEach((object, record) => {
    const task = isJsonObject(object) ? object[taskName] : undefined;
    const kind = keys.codeOf(
      writeJson(task === undefined ? object : { ...(object as object), [taskName]: 0 }),
    );
    if (kind === firsts.length) firsts.push(record);
    kindOf.write(record, kind);
    tasks.write(record, isId(task) ? task : 0);
  });
  return { kindOf: kindOf.finish(objects.length), firsts, tasks: tasks.finish(objects.length) };
}

/** Members that only a request has; one of them, and it is no record. */
const ofRequests = ['tasks', 'selected_items', 'result'];
/** As many of a list are looked at. */
export const mostLooked = 20;

/**
 * Whether a list holds records rather than requests: objects that name a task and, under other names than a request has,
 * say plain things about it. What could be a request with a mistake in it is taken for that.
 */
export function areRecords(values: readonly Json[], fieldNames: readonly string[]): boolean {
  const objects = values.slice(0, mostLooked);
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

/** Whether a list holds tasks with their annotations, as Label Studio exports them. */
export function areExportedTasks(values: readonly Json[]): boolean {
  return (
    values.length > 0 &&
    values
      .slice(0, mostLooked)
      .every((task) => isJsonObject(task) && 'id' in task && Array.isArray(task['annotations']))
  );
}
