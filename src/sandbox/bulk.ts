import { annotationFields } from '#sandbox/data/annotation-fields.ts';
import { created, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { withFaults } from '#sandbox/http/faults.ts';
import { checkFields, type Fields } from '#sandbox/http/fields.ts';
import { isObject, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { refuseAnnotators, requireProject } from '#sandbox/projects/projects.ts';
import { invalid, invalidBody } from '#sandbox/http/refusal.ts';
import type { AnnotationRow, TaskRow } from '#sandbox/data/rows.ts';
import {
  createAnnotation,
  deleteAnnotation,
  duplicateUniqueId,
  normalizeUuid,
} from '#sandbox/data/annotation-rules.ts';
import { selectTasks } from '#sandbox/data-manager/selection.ts';

/**
 * The two bulk routes of Enterprise, whose code is closed. The 18 fields and the answer `[{id}, …]` follow the published
 * OpenAPI, the roles its documentation. "Our choice" marks unknown behaviour: the strictest that fits, or a setting.
 */
export async function bulkCreate(call: Call): Promise<Answer> {
  refuseAnnotators(call);
  const { store, settings, body, user } = call;
  const { ignoredFields, onBadTask, idOrder } = settings.bulk;
  const sent = body.read();
  const kept = isObject(sent)
    ? Object.fromEntries(Object.entries(sent).filter(([name]) => !ignoredFields.includes(name)))
    : sent;
  const { tasks: ids, selected_items: items, ...values } = checkFields(kept, bulkFields(call));
  const { tasks, missing } = targetTasks(call, ids as number[] | undefined, items, values);
  if (missing.length > 0 && onBadTask === 'atomic') throw invalidTasks(missing);

  return withFaults(call, tasks, () => {
    checkUniqueId(call, tasks, values);
    const now = timestamp(settings.now());
    // Our choice: rows are saved one by one, so a region without `value` causes a 500 after the first row is stored.
    const rows = tasks.map((task) => createAnnotation(store, task, { values, user, prediction: {} }, now));
    if (missing.length > 0) throw invalidTasks(missing);
    return created(orderRows(rows, idOrder).map(({ id }) => ({ id })));
  });
}

/** At most 100 ids, all of one project. Our choice: one missing id or one of another project refuses the whole call. */
export function bulkDelete(call: Call): Answer {
  refuseAnnotators(call);
  const { store, settings, body, user } = call;
  const { ids, project } = checkFields(body.read(), {
    ids: { kind: 'pks', required: true, check: checkIds },
    project: { kind: 'pk', required: true, exists: (id) => store.projects.has(id) },
  });
  const wanted = [...new Set(ids as number[])];
  const rows = wanted
    .flatMap((id) => store.annotations.get(id) ?? [])
    .filter((row) => row.project === project);
  if (rows.length < wanted.length) {
    const gone = wanted.filter((id) => store.annotations.get(id)?.project !== project);
    throw invalid({ ids: gone.map(invalidPk) });
  }
  for (const row of rows) deleteAnnotation(store, row, user, timestamp(settings.now()));
  return ok({ deleted_count: rows.length });
}

const bulkFields = ({ store }: Call): Fields => ({
  tasks: { kind: 'pks' },
  selected_items: { kind: 'object', nullable: true, check: checkSelectedItems },
  ...annotationFields(store),
});

/** The two checks of `SelectedItemsSerializer` in `label_studio/data_manager/serializers.py`. */
function checkSelectedItems(value: Json): { value: Json } | { error: Json } {
  const {
    all,
    included = [],
    excluded = [],
  } = checkFields(value, {
    all: { kind: 'boolean', required: true },
    included: { kind: 'pks' },
    excluded: { kind: 'pks' },
  });
  if (all === true && (included as Json[]).length > 0) return mismatch('included not allowed with all==true');
  if (all === false && (excluded as Json[]).length > 0)
    return mismatch('excluded not allowed with all==false');
  return { value: { all: all!, included, excluded } };
}

const mismatch = (message: string) => ({ error: { non_field_errors: [message] } });

/** Our choice: exactly one of `tasks` and `selected_items`, at least one task, and `project` for a selection. */
function targetTasks(
  { store, settings }: Call,
  ids: number[] | undefined,
  items: Json | undefined,
  values: JsonObject,
) {
  const project = values['project'] as number | null | undefined;
  if (ids !== undefined && items) throw invalidBody('Either tasks or selected_items, not both.');
  if (ids === undefined && !items) throw invalid({ tasks: ['This field is required.'] });
  if (ids === undefined) return { tasks: selection(), missing: [] };
  if (ids.length === 0) throw invalid({ tasks: ['This list may not be empty.'] });

  // Our choice: a repeated task is annotated once, as with `id__in`; a task of another project is not found.
  const wanted = [...new Set(ids)];
  const isMissing = (id: number) => {
    const task = store.tasks.get(id);
    return !task || (typeof project === 'number' && task.project !== project);
  };
  const missing = wanted.filter(isMissing);
  const firstBad = missing.length === 0 ? wanted.length : wanted.indexOf(missing[0]!);
  const good = settings.bulk.onBadTask === 'partial' ? wanted.slice(0, firstBad) : wanted;
  return { tasks: good.flatMap((id) => store.tasks.get(id) ?? []), missing };

  function selection(): TaskRow[] {
    if (typeof project !== 'number') throw invalid({ project: ['This field is required.'] });
    const { all, included, excluded } = items as JsonObject;
    // The Data Manager reads an empty `included` as "all". Our choice: refuse it here, because this call creates annotations.
    const none = all === false && (included as Json[]).length === 0;
    const tasks = none
      ? []
      : selectTasks(store, requireProject(store, project), {
          selectedItems: { all: all!, included: included!, excluded: excluded! },
        });
    if (tasks.length === 0) throw invalid({ selected_items: ['No tasks are selected.'] });
    return tasks;
  }
}

/** Inferred: `unique_id` is unique, so several annotations can't share one and the whole insert fails. */
function checkUniqueId({ store }: Call, tasks: TaskRow[], values: JsonObject): void {
  const uniqueId = values['unique_id'];
  if (uniqueId === undefined) return;
  if (store.hasUniqueId(normalizeUuid(uniqueId as string)) || tasks.length > 1) throw duplicateUniqueId();
}

function checkIds(value: Json) {
  const { length } = value as Json[];
  if (length === 0) return { error: ['This list may not be empty.'] };
  return length > 100 ? { error: ['Ensure this field has no more than 100 elements.'] } : { value };
}

const invalidPk = (id: number) => `Invalid pk "${id}" - object does not exist.`;
const invalidTasks = (missing: number[]) => invalid({ tasks: missing.map(invalidPk) });

/** The order of the ids is undocumented. "shuffled" is deterministic and never the order of the tasks. */
function orderRows(rows: AnnotationRow[], order: 'as-sent' | 'reversed' | 'shuffled'): AnnotationRow[] {
  switch (order) {
    case 'as-sent':
      return rows;
    case 'reversed':
      return rows.toReversed();
    case 'shuffled':
      return [...rows.filter((_, at) => at % 2 === 1), ...rows.filter((_, at) => at % 2 === 0).toReversed()];
  }
}
