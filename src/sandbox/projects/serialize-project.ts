import type { ProjectRow } from '#sandbox/data/rows.ts';
import { serializeUserBrief } from '#sandbox/data/serializers.ts';
import type { Store } from '#sandbox/data/store.ts';
import type { JsonObject } from '#sandbox/http/json.ts';
import { readLabelConfig } from '#sandbox/label-config/label-config.ts';

export const COUNT_NAMES = [
  'task_number',
  'finished_task_number',
  'total_predictions_number',
  'total_annotations_number',
  'num_tasks_with_annotations',
  'useful_annotation_number',
  'ground_truth_number',
  'skipped_annotations_number',
] as const;

type Counts = Record<(typeof COUNT_NAMES)[number], number> & { queue_done: number; queue_total: number };

export function projectCounts(project: ProjectRow, store: Store, user?: number): Counts {
  const counts: Counts = {
    task_number: 0,
    finished_task_number: 0,
    total_predictions_number: 0,
    total_annotations_number: 0,
    num_tasks_with_annotations: 0,
    useful_annotation_number: 0,
    ground_truth_number: 0,
    skipped_annotations_number: 0,
    queue_done: 0,
    queue_total: 0,
  };
  for (const task of store.tasksOf.of(project.id)) {
    const annotations = store.annotationsOf.of(task.id);
    const kept = annotations.filter((one) => !one.was_cancelled);
    const useful = kept.filter((one) => !one.ground_truth && one.result !== null);
    const mine = annotations.some((one) => one.completed_by === user);
    counts.task_number += 1;
    counts.finished_task_number += task.is_labeled ? 1 : 0;
    counts.total_predictions_number += store.predictionsOf.of(task.id).length;
    counts.total_annotations_number += kept.length;
    counts.num_tasks_with_annotations += useful.length > 0 ? 1 : 0;
    counts.useful_annotation_number += useful.length;
    counts.ground_truth_number += annotations.filter((one) => one.ground_truth).length;
    counts.skipped_annotations_number += annotations.length - kept.length;
    counts.queue_done += mine ? 1 : 0;
    counts.queue_total += mine || !task.is_labeled ? 1 : 0;
  }
  return counts;
}

/** With `include`, only the fields it names: `REST_FLEX_FIELDS` of `core/settings/base.py`. */
export function serializeProject(
  project: ProjectRow,
  store: Store,
  user: number,
  include?: string[],
): JsonObject {
  const all = serializeAllFields(project, store, user);
  if (!include) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => include.includes(name)));
}

export function serializeAllFields(project: ProjectRow, store: Store, user: number): JsonObject {
  const config = readLabelConfig(project.label_config);
  const all = projectCounts(project, store, user);
  const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, all[name]]));
  return {
    id: project.id,
    title: project.title,
    description: project.description,
    label_config: project.label_config,
    expert_instruction: project.expert_instruction,
    show_instruction: false,
    show_skip_button: project.show_skip_button,
    enable_empty_annotation: project.enable_empty_annotation,
    show_annotation_history: false,
    organization: 1,
    color: project.color,
    maximum_annotations: project.maximum_annotations,
    is_published: false,
    model_version: project.model_version,
    is_draft: false,
    created_by: serializeUserBrief(store.users.get(project.created_by)!),
    created_at: project.created_at,
    min_annotations_to_start_training: 0,
    start_training_on_annotation_update: false,
    show_collab_predictions: true,
    ...counts,
    sampling: 'Sequential sampling',
    show_ground_truth_first: false,
    annotator_evaluation_enabled: false,
    show_overlap_first: false,
    overlap_cohort_percentage: 100,
    task_data_login: null,
    task_data_password: null,
    control_weights: Object.fromEntries(
      [...config.controls].map(([name, { tag, labels }]) => [
        name,
        { overall: 1, type: tag, labels: Object.fromEntries(labels.map((label) => [label, 1])) },
      ]),
    ),
    parsed_label_config: config.parsed,
    evaluate_predictions_automatically: false,
    config_has_control_tags: config.controls.size > 0,
    skip_queue: 'REQUEUE_FOR_OTHERS',
    reveal_preannotations_interactively: false,
    pinned_at: project.pinned_at,
    queue_total: all.queue_total,
    queue_done: all.queue_done,
    config_suitable_for_bulk_annotation: config.suitableForBulk,
    state: null,
  };
}
