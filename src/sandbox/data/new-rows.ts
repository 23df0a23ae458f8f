import type { JsonObject } from '#sandbox/http/json.ts';
import { str } from '#sandbox/http/python.ts';
import type { PredictionRow, ProjectRow, TaskRow } from './rows.ts';
import type { Store } from './store.ts';
import { emptySummary } from './summary.ts';

/** Rows with the defaults of Label Studio's models. */

export function newProject(store: Store, creator: number, now: string, values: JsonObject): ProjectRow {
  return {
    id: store.projects.nextId,
    title: '',
    description: '',
    label_config: '<View></View>',
    expert_instruction: '',
    show_skip_button: true,
    enable_empty_annotation: true,
    maximum_annotations: 1,
    color: '#FFFFFF',
    model_version: '',
    created_by: creator,
    created_at: now,
    pinned_at: null,
    summary: emptySummary(),
    ...values,
  };
}

export function newTask(store: Store, project: ProjectRow, data: JsonObject, now: string): TaskRow {
  return {
    id: store.tasks.nextId,
    project: project.id,
    inner_id: (store.tasksOf.of(project.id).at(-1)?.inner_id ?? 0) + 1,
    data,
    meta: {},
    created_at: now,
    updated_at: now,
    updated_by: null,
    overlap: project.maximum_annotations,
    is_labeled: false,
    total_annotations: 0,
    cancelled_annotations: 0,
    total_predictions: 0,
  };
}

export function newPrediction(store: Store, task: TaskRow, sent: JsonObject, now: string): PredictionRow {
  const { result = null, model_version: version = 'undefined', score = null } = sent;
  return {
    id: store.predictions.nextId,
    result,
    model_version: str(version),
    score: score === null ? null : Number(score),
    created_at: now,
    updated_at: now,
    task: task.id,
    project: task.project,
  };
}
