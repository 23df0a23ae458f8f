import { isJsonObject, type Json } from '#wire/json.ts';
import type { ReadEntries } from '#domain/parse/json/entry-reader.ts';
import type { Layout } from '#domain/parse/layout.ts';
import { isTaskName } from './map-columns.ts';
import type { RecordMatcher } from './record-matcher.ts';
import type { RecordDictionary, Records } from './records.ts';

/** Objects read with one member as the task. */
export interface ReadObjects {
  entries: ReadEntries;
  matcher: RecordMatcher;
}

/** Objects as records: members are columns. `read` reads the objects again with another member as the task. */
export function recordsOfObjects(
  { entries, matcher }: ReadObjects,
  layout: Layout,
  read: (taskName: string) => ReadObjects,
): Records {
  const columns = matcher.columns();
  const nameOf = (column: number) => columns[column]!.name;
  const kept: { entry?: number; object?: Json } = {};
  const objectAt = (entry: number): Json => {
    if (kept.entry !== entry) Object.assign(kept, { entry, object: entries.at(entry) });
    return kept.object!;
  };
  // Objects of one template are equal except for their task.
  const firstLike = (record: number) => entries.firsts[entries.templates[record]!]!;
  return {
    count: entries.length,
    columns,
    cell(record, column) {
      const name = nameOf(column);
      const object = objectAt(name === matcher.taskName ? record : firstLike(record));
      return isJsonObject(object) ? object[name] : undefined;
    },
    distinctExcept: (column) =>
      kindsIn(nameOf(column) === matcher.taskName ? entries : read(nameOf(column)).entries),
    span: (record, column, path) =>
      layout.spans([{ entry: record, path: column === undefined ? [] : [nameOf(column), ...path] }])[0]!,
    markBefore: layout.markBefore,
    columnOver: () => undefined,
    isWritable: (record) => isJsonObject(objectAt(firstLike(record))),
    put: (record, column, cell) => layout.edits([{ entry: record, path: [nameOf(column)], value: cell }])[0]!,
  };
}

const kindsIn = ({ templates, firsts, tasks }: ReadEntries): RecordDictionary => ({
  kindOf: templates,
  firsts,
  tasks,
});

/** Members that only requests have. */
const ofRequests = ['tasks', 'selected_items', 'result'];
/** Items of a list sampled for detection. */
export const maxSampled = 20;

/**
 * True if a list holds records: objects with a task and at least one plain value that isn’t a request field. Objects that
 * could be faulty requests count as requests.
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

/** True if a list holds exported tasks with annotations. */
export function areExportedTasks(values: readonly Json[]): boolean {
  return (
    values.length > 0 &&
    values
      .slice(0, maxSampled)
      .every((task) => isJsonObject(task) && 'id' in task && Array.isArray(task['annotations']))
  );
}
