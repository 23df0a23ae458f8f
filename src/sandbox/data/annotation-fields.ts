import type { Field, Fields } from '#sandbox/http/fields.ts';
import { InvalidJson, readJson, type Json } from '#sandbox/http/json.ts';
import { serverError } from '#sandbox/http/refusal.ts';
import type { Store } from './store.ts';

/** `ActionType` of `label_studio/tasks/choices.py`. */
const LAST_ACTIONS = [
  'prediction',
  'propagated_annotation',
  'imported',
  'submitted',
  'updated',
  'skipped',
  'accepted',
  'rejected',
  'fixed_and_accepted',
  'deleted_review',
] as const;

/**
 * The writable fields of an annotation: `AnnotationSerializer` of `label_studio/tasks/serializers.py`.
 * Nullable as in the model; the order is that of its error messages.
 */
export function annotationFields(store: Store): Fields {
  const user: Field = { kind: 'pk', exists: (id) => store.users.has(id) };
  return {
    result: { kind: 'json', check: checkResult },
    completed_by: user,
    unique_id: { kind: 'string' },
    was_cancelled: { kind: 'boolean' },
    ground_truth: { kind: 'boolean' },
    draft_created_at: { kind: 'datetime', nullable: true },
    lead_time: { kind: 'float', nullable: true },
    import_id: { kind: 'bigint', nullable: true },
    last_action: { kind: 'choice', choices: LAST_ACTIONS, nullable: true },
    bulk_created: { kind: 'boolean', nullable: true },
    task: { kind: 'pk', exists: (id) => store.tasks.has(id), nullable: true },
    project: { kind: 'pk', exists: (id) => store.projects.has(id), nullable: true },
    updated_by: { ...user, nullable: true },
    parent_prediction: { kind: 'pk', exists: (id) => store.predictions.has(id), nullable: true },
    parent_annotation: { kind: 'pk', exists: (id) => store.annotations.has(id), nullable: true },
    last_created_by: { ...user, nullable: true },
  };
}

/** `result` only has to be a list: labels, names and values are stored unchecked. */
function checkResult(value: Json) {
  const list = typeof value === 'string' ? parseResult(value) : value;
  return Array.isArray(list)
    ? { value: list }
    : { error: ['annotation "result" field in annotation must be list'] };
}

function parseResult(text: string): Json {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof InvalidJson)
      throw serverError('annotation "result" can\'t be parse from str to JSON');
    throw error;
  }
}
