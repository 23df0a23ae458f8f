import { readDateTime } from '#sandbox/data/clock.ts';
import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { repr, str, typeName } from '#sandbox/http/python.ts';
import { serverError, invalid } from '#sandbox/http/refusal.ts';
import type { TaskRow } from '#sandbox/data/rows.ts';
import { joinedResults } from '#sandbox/data/serializers.ts';
import type { Store } from '#sandbox/data/store.ts';

/** The Data Manager's filters: `apply_filters` of `label_studio/data_manager/managers.py`. */

export type Predicate = (task: TaskRow) => boolean;

interface Filter {
  column: string;
  operator: string;
  type: string;
  value: Json;
}

/**
 * Combines all filters into one predicate.
 *
 * @throws {Refusal} 500 for malformed filters, because the server doesn't catch pydantic's errors
 */
export function filterTasks(store: Store, filters: Json | undefined): Predicate {
  if (filters === undefined || filters === null) return () => true;
  if (!isObject(filters)) {
    throw serverError(
      pydanticError(
        'filters',
        'Input should be a valid dictionary or instance of Filters',
        'model_type',
        filters,
      ),
    );
  }
  const { conjunction, items = [] } = filters;
  if (conjunction === undefined) {
    throw serverError(pydanticError('filters.conjunction', 'Field required', 'missing', filters));
  }
  const asked = (Array.isArray(items) ? items : []).map((item) => readFilter(item as JsonObject));
  const known = asked.filter(({ column }) => column.startsWith('filter:tasks:'));
  if (asked.length > 0 && known.length === 0)
    throw serverError('reduce() of empty iterable with no initial value');
  const predicates = known.map((filter) => filterPredicate(store, filter));
  return conjunction === 'or' && predicates.length > 0
    ? (task) => predicates.some((holds) => holds(task))
    : (task) => predicates.every((holds) => holds(task));
}

/** Reads a task's column by its name in the Data Manager. */
export function columnReader(store: Store, name: string): (task: TaskRow) => Json {
  if (name.startsWith('data.')) return dataColumnReader(name.slice('data.'.length));
  const read = columnReaders(store)[name];
  if (!read) throw serverError(`Cannot resolve keyword '${name}' into field. Choices are: ${FIELDS}`);
  return read;
}

/**
 * Seen on 1.23.2: the key becomes an SQL alias and a Django path, where `__` separates keys and a number is a list index.
 */
function dataColumnReader(key: string): (task: TaskRow) => Json {
  if (/['"`[\];#\s]|--|\/\*|\*\//.test(key)) {
    throw serverError(
      'Column aliases cannot contain whitespace characters, hashes, control characters, quotation marks, semicolons, ' +
        'or SQL comments.',
    );
  }
  return (task) => {
    let found: Json | undefined = task.data;
    for (const part of key.split('__')) {
      if (Array.isArray(found)) found = found[Number(part)];
      else found = isObject(found) && !/^\d+$/.test(part) ? found[part] : undefined;
    }
    return found ?? null;
  };
}

/** The message of a pydantic 2 error, which the server answers as 500. */
export const pydanticError = (place: string, message: string, kind: string, input: Json) =>
  `1 validation error for PrepareParams\n${place}\n  ${message} ` +
  `[type=${kind}, input_value=${repr(input)}, input_type=${typeName(input)}]\n` +
  `    For further information visit https://errors.pydantic.dev/2.14/v/${kind}`;

const columnReaders = (store: Store): Record<string, (task: TaskRow) => Json> => ({
  id: (task) => task.id,
  inner_id: (task) => task.inner_id,
  is_labeled: (task) => task.is_labeled,
  total_annotations: (task) => task.total_annotations,
  cancelled_annotations: (task) => task.cancelled_annotations,
  total_predictions: (task) => task.total_predictions,
  created_at: (task) => task.created_at,
  updated_at: (task) => task.updated_at,
  completed_at: (task) =>
    task.is_labeled ? (store.annotationsOf.of(task.id).at(-1)?.created_at ?? null) : null,
  updated_by: (task) => task.updated_by,
  file_upload: () => null,
  storage_filename: () => null,
  draft_exists: () => false,
  annotators: (task) => store.annotationsOf.of(task.id).map((row) => row.completed_by),
  annotations_ids: (task) => store.annotationsOf.of(task.id).map((row) => row.id),
  annotations_results: (task) => joinedResults(store.annotationsOf.of(task.id)),
  predictions_results: (task) => joinedResults(store.predictionsOf.of(task.id)),
  predictions_model_versions: (task) => store.predictionsOf.of(task.id).map((row) => row.model_version),
  predictions_score: (task) => store.predictionsOf.of(task.id)[0]?.score ?? null,
});

const FIELDS =
  'allow_skip, annotations, cancelled_annotations, comment_authors, comment_count, created_at, data, drafts, ' +
  'failed_predictions, file_upload, file_upload_id, fsm_states, id, inner_id, ' +
  'io_storages_azureblobimportstoragelink, io_storages_gcsimportstoragelink, ' +
  'io_storages_localfilesimportstoragelink, io_storages_redisimportstoragelink, io_storages_s3importstoragelink, ' +
  'is_labeled, last_comment_updated_at, locks, meta, overlap, precomputed_agreement, predictions, project, ' +
  'project_id, total_annotations, total_predictions, unresolved_comment_count, updated_at, updated_by, updated_by_id';

function readFilter({ filter, operator, type, value }: JsonObject): Filter {
  if (value === null || value === undefined) {
    throw serverError(
      pydanticError('filters.items.0.value.int', 'Input should be a valid integer', 'int_type', null),
    );
  }
  return { column: str(filter), operator: str(operator), type: str(type), value };
}

function filterPredicate(store: Store, filter: Filter): Predicate {
  const { operator, value } = filter;
  const read = columnReader(store, filter.column.slice('filter:tasks:'.length).replace(/^-/, ''));
  const negated = operator.startsWith('not_');
  const holds = matcher(negated ? operator.slice('not_'.length) : operator, filter);
  if (operator === 'empty') {
    const wanted = value === true || str(value).toLowerCase() === 'true';
    return (task) => isEmpty(read(task), filter.column) === wanted;
  }
  return (task) => {
    const found = read(task);
    const matches = Array.isArray(found) ? found.some(holds) : found !== null && holds(found);
    return matches !== negated;
  };
}

/** Zero annotations also count as "empty", as in the Data Manager. */
const isEmpty = (found: Json, name: string) =>
  found === null ||
  found === '' ||
  (Array.isArray(found) && found.length === 0) ||
  (found === 0 && /total_|cancelled_/.test(name));

/** Columns of ids: "contains" compares whole ids. */
const idColumns = new Set(
  ['annotators', 'annotations_ids', 'updated_by'].map((name) => `filter:tasks:${name}`),
);

function matcher(operator: string, { column, type, value }: Filter): (found: Json) => boolean {
  switch (operator) {
    case 'contains': {
      const parts = (Array.isArray(value) ? value : [value]).map((part) => str(part).toLowerCase());
      if (idColumns.has(column)) return (found) => parts.includes(str(found));
      return (found) => parts.some((part) => lowerCaseText(found).includes(part));
    }
    case 'regex': {
      const pattern = compileRegex(str(value));
      return (found) => pattern?.test(str(found)) ?? false;
    }
    case 'in_list': {
      if (!Array.isArray(value)) throw serverError(`'${typeName(value)}' object is not iterable`);
      const wanted = new Set(value.map((item) => str(item)));
      return (found) => wanted.has(str(found));
    }
    case 'in': {
      const { min, max } = value as JsonObject;
      const [low, high] = [castValue(min!, type), castValue(max!, type)];
      return (found) => compare(found, low) >= 0 && compare(found, high) <= 0;
    }
    default:
      return comparison(operator, castValue(value, type));
  }
}

/** Seen on 1.23.2: unknown operators are treated as "equal". */
function comparison(operator: string, value: Json): (found: Json) => boolean {
  switch (operator) {
    case 'less':
      return (found) => compare(found, value) < 0;
    case 'less_or_equal':
      return (found) => compare(found, value) <= 0;
    case 'greater':
      return (found) => compare(found, value) > 0;
    case 'greater_or_equal':
      return (found) => compare(found, value) >= 0;
    default:
      return (found) => compare(found, value) === 0;
  }
}

/** `cast_value` of managers.py. */
function castValue(value: Json, type: string): Json {
  if (type === 'Number') {
    const number = Number(value);
    if (Number.isNaN(number)) throw serverError(`could not convert string to float: ${repr(value)}`);
    return number;
  }
  if (type === 'Boolean') return value === true || str(value).toLowerCase() === 'true';
  if (type !== 'Datetime') return value;
  const moment = /\.\d+Z$/.test(str(value)) ? readDateTime(str(value)) : null;
  if (moment === null) {
    throw serverError(`time data ${repr(value)} does not match format '%Y-%m-%dT%H:%M:%S.%fZ'`);
  }
  return moment;
}

/** Compares two values of a column; NaN if they can't be compared. */
export function compare(a: Json, b: Json): number {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b ? 0 : Number.NaN;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof b === 'number') return a === '' ? Number.NaN : Number(a) - b;
  if (typeof a === 'object' || typeof b === 'object') return Number.NaN;
  const [left, right] = [str(a), str(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const lowerCaseText = (value: Json) => (typeof value === 'object' ? repr(value) : str(value)).toLowerCase();

/** An invalid pattern matches nothing: `managers.py` returns an empty list. */
function compileRegex(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** The checks of `FilterSerializer` for a saved view. */
export function checkSavedFilters(items: Json | undefined): void {
  const errors = (Array.isArray(items) ? items : []).map((item) => {
    const name = isObject(item) ? str(item['filter'] ?? '') : '';
    if (name.startsWith('filter:tasks:')) return {};
    return { column: [`Filter "${name}" should start with "filter:tasks:"`] };
  });
  if (errors.some((error) => 'column' in error)) throw invalid({ filter_group: { filters: errors } });
}
