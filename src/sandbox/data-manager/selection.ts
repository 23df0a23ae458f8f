import { idParam, type Call } from '#sandbox/http/call.ts';
import { isObject, InvalidJson, readJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { repr, str, typeName } from '#sandbox/http/python.ts';
import { serverError, notFound } from '#sandbox/http/refusal.ts';
import type { ProjectRow, TaskRow, ViewRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';
import { columnReader, compare, filterTasks, pydanticError } from './filters.ts';

/** The parameters of a Data Manager request: `PrepareParams` of `label_studio/data_manager/prepare_params.py`. */
export interface TaskSelection {
  filters?: Json | undefined;
  ordering?: Json | undefined;
  selectedItems?: Json | undefined;
}

/**
 * The tasks selected by a request's view, otherwise by its `query`, otherwise by its body. By default all tasks.
 *
 * @throws {Refusal} 404 for an unknown view; 500 for an invalid query
 */
export function requestedTasks(call: Call, project: ProjectRow, view: ViewRow | undefined): TaskRow[] {
  const { store, query, body } = call;
  if (view) {
    if (view.project !== project.id) throw serverError('Project and View mismatch');
    return selectTasks(store, project, { ...view, selectedItems: view.selected_items });
  }
  const text = query.get('query');
  return selectTasks(store, project, readSelection(text === null ? body.read() : parseQuery(text)));
}

/** @throws {Refusal} 404 */
export function requestedView({ store, query }: Call): ViewRow | undefined {
  const id = idParam(query, 'view');
  if (!(id > 0)) return undefined;
  const view = store.views.get(id);
  if (!view) throw notFound('View');
  return view;
}

export function selectTasks(store: Store, project: ProjectRow, asked: TaskSelection): TaskRow[] {
  const wanted = filterTasks(store, asked.filters);
  const picked = itemPredicate(asked.selectedItems);
  const tasks = store.tasksOf.of(project.id).filter((task) => wanted(task) && picked(task.id));
  return sortTasks(store, tasks, asked.ordering);
}

function readSelection(data: Json): TaskSelection {
  if (!isObject(data)) throw serverError(`'${typeName(data)}' object has no attribute 'get'`);
  let { selectedItems = { all: true, excluded: [] } } = data;
  if (typeof selectedItems === 'string') selectedItems = parseSelectedItems(selectedItems);
  if (!isObject(selectedItems)) {
    throw serverError(
      `selectedItems must be dict: {"all": [true|false], "excluded | included": [...task_ids...]}. ` +
        `Found type: <class '${typeName(selectedItems)}'> with value: ${repr(selectedItems)}`,
    );
  }
  return { filters: data['filters'], ordering: data['ordering'], selectedItems };
}

/**
 * Seen on 1.23.2: `included` is used only with `all: false` and `excluded` only with `all: true`; an empty list means all.
 */
function itemPredicate(items: Json | undefined): (id: number) => boolean {
  if (items === undefined || items === null) return () => true;
  const { all, included, excluded } = items as JsonObject;
  if (all === undefined)
    throw serverError(pydanticError('selectedItems.all', 'Field required', 'missing', items));
  const ids = readIds((all ? excluded : included) ?? [], all ? 'excluded' : 'included');
  if (ids.size === 0) return () => true;
  return (id) => ids.has(id) !== (all === true);
}

function readIds(list: Json, name: string): Set<number> {
  const ids = (Array.isArray(list) ? list : [list]).map((item, at) => {
    const id = Number(item);
    if (Number.isInteger(id) && item !== null) return id;
    const message = 'Input should be a valid integer, unable to parse string as an integer';
    throw serverError(pydanticError(`selectedItems.${name}.${at}`, message, 'int_parsing', item));
  });
  return new Set(ids);
}

function sortTasks(store: Store, tasks: TaskRow[], ordering: Json | undefined): TaskRow[] {
  if (ordering !== undefined && ordering !== null && !Array.isArray(ordering)) {
    if (isObject(ordering) && Object.keys(ordering).length === 0) return tasks;
    throw serverError(pydanticError('ordering', 'Input should be a valid list', 'list_type', ordering));
  }
  const first = ordering?.[0];
  if (first === undefined) return tasks;
  const down = /^(?:-|tasks:-)/.test(str(first));
  const column = str(first).replace(/^-?(?:tasks:)?-?/, '');
  const read = columnReader(store, column);
  // The server imports one task after the other, each with its own microsecond.
  const isTime = column.endsWith('_at');
  return tasks.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (down ? -1 : 1) * (compare(left, right) || (isTime ? a.id - b.id : 0));
  });
}

/** `get_prepare_params` unquotes a second time after Django; invalid escapes are kept. */
const unquote = (text: string) =>
  text.replaceAll(/(?:%[\da-f]{2})+/gi, (escapes) =>
    new TextDecoder().decode(
      Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16)),
    ),
  );

/** The query is parsed by ujson, which has its own messages. */
function parseQuery(text: string): Json {
  try {
    return readJson(unquote(text));
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    const constant = { n: 'null', t: 'true', f: 'false' }[text.trim()[0] ?? ''];
    throw serverError(
      constant ? `Unexpected character found when decoding '${constant}'` : 'Expected object or value',
    );
  }
}

function parseSelectedItems(text: string): Json {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    throw serverError(
      `selectedItems must be JSON encoded string for dict: {"all": [true|false], ` +
        `"excluded | included": [...task_ids...]}. Found: ${text}`,
    );
  }
}
