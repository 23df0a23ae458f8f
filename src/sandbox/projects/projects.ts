import { created, isTrue, noContent, numberIn, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { stamp } from '#sandbox/data/clock.ts';
import { checkFields, type Field } from '#sandbox/http/fields.ts';
import type { Json, JsonObject } from '#sandbox/http/json.ts';
import { readLabelConfig, whatIsWrong } from '#sandbox/label-config/label-config.ts';
import { crash, forbidden, invalidBody, invalidPage, notFound, Refusal } from '#sandbox/http/refusal.ts';
import type { ProjectRow } from '#sandbox/data/rows.ts';
import { userBrief } from '#sandbox/data/shapes.ts';
import type { Store } from '#sandbox/data/store.ts';
import { emptySummary, recount } from '#sandbox/data/summary.ts';

/** @throws {Refusal} 404 */
export function theProject(store: Store, id: number): ProjectRow {
  const project = store.projects.get(id);
  if (!project) throw notFound('Project');
  return project;
}

/**
 * Enterprise lets its annotators neither set up projects nor act on many tasks. Community knows no roles.
 *
 * @throws {Refusal} 403
 */
export function refuseAnnotators({ settings, user }: Call): void {
  if (settings.edition === 'enterprise' && user.role === 'Annotator') throw forbidden();
}

/** Pinned ones first, then the newest. */
export function listProjects(call: Call): Answer {
  const { store, user, query } = call;
  const all = [...store.projects.all()];
  const order = query.get('ordering');
  if (order === null) {
    all.sort((a, b) => (b.pinned_at ?? '').localeCompare(a.pinned_at ?? '') || b.id - a.id);
  } else {
    const key = order.replace('-', '') as 'id' | 'title' | 'created_at';
    const sign = order.startsWith('-') ? -1 : 1;
    all.sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
  }
  const pinned = query.get('filter');
  const chosen = all.filter(
    (one) =>
      matches(one, query) &&
      (pinned !== 'pinned_only' || one.pinned_at !== null) &&
      (pinned !== 'exclude_pinned' || one.pinned_at === null),
  );
  return ok(
    pageOf(call, chosen, (one) => projectShape(one, store, user.id, query.get('include')?.split(','))),
  );
}

export function listCounts(call: Call): Answer {
  const { store, query } = call;
  const chosen = [...store.projects.all()].filter((one) => matches(one, query));
  const shape = (project: ProjectRow) => {
    const counts = projectCounts(project, store);
    return { id: project.id, ...Object.fromEntries(COUNTS_ORDER.map((name) => [name, counts[name]])) };
  };
  return ok(pageOf(call, chosen, shape));
}

export function getProject({ store, user, ids, query }: Call): Answer {
  return ok(projectShape(theProject(store, ids[0]!), store, user.id, query.get('include')?.split(',')));
}

const text: Field = {
  kind: 'json',
  check: (value) => (typeof value === 'string' ? { value } : { wrong: ['Not a valid string.'] }),
};

/** Of the many settings of a project, these. A title may be empty but not of one or two letters (seen on 1.23.2). */
export function createProject(call: Call): Answer {
  refuseAnnotators(call);
  const { store, user, settings, body } = call;
  const values = checkFields(body.read(), {
    title: {
      ...text,
      check: (value) => {
        const short = typeof value === 'string' && value.length > 0 && value.length < 3;
        return short ? { wrong: ['Ensure this field has at least 3 characters.'] } : text.check!(value);
      },
    },
    description: { ...text, nullable: true },
    label_config: { ...text, check: labelConfig },
    expert_instruction: { ...text, nullable: true },
    show_skip_button: { kind: 'boolean' },
    enable_empty_annotation: { kind: 'boolean' },
    maximum_annotations: { kind: 'bigint' },
  });
  const project = newProject(store, user.id, stamp(settings.now()), values);
  store.projects.insert(project);
  const uncounted = Object.fromEntries(COUNTS_ORDER.map((name) => [name, null]));
  return created({ ...wholeProject(project, store, user.id), ...uncounted, queue_total: 0, queue_done: 0 });
}

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

function labelConfig(value: Json) {
  const problem = typeof value === 'string' ? whatIsWrong(value) : 'Not a valid string.';
  return problem === null ? { value } : { wrong: [problem] };
}

/** Answers without the envelope (seen on 1.23.2). */
export function validateConfig({ body }: Call): Answer {
  try {
    checkFields(body.read(), { label_config: { kind: 'json', required: true, check: labelConfig } });
    return noContent();
  } catch (error) {
    const errors = error instanceof Refusal ? error.body['validation_errors'] : undefined;
    if (errors === undefined) throw error;
    return { status: 400, body: errors };
  }
}

export function getSummary({ store, ids }: Call): Answer {
  const project = store.projects.get(ids[0]!);
  if (!project) throw notFound('ProjectSummary');
  return ok({
    project: project.id,
    created_at: project.created_at,
    ...project.summary,
    created_labels_drafts: {},
  });
}

export function resetSummary({ store, ids }: Call): Answer {
  recount(store, theProject(store, ids[0]!).id);
  return { status: 200 };
}

/** How many predictions there are of each version, the most frequent first. */
export function listModelVersions({ store, ids, query }: Call): Answer {
  const project = theProject(store, ids[0]!);
  const counts = new Map<string, { count: number; latest: string }>();
  for (const { model_version: version, created_at: at } of store.predictionsOfProject(project.id)) {
    const { count, latest } = counts.get(version) ?? { count: 0, latest: at };
    counts.set(version, { count: count + 1, latest: at > latest ? at : latest });
  }
  const sorted = [...counts].toSorted(([, a], [, b]) => b.count - a.count);
  if (isTrue(query.get('extended'))) {
    const versions = sorted.map(([version, { count, latest }]) => ({
      model_version: version,
      count,
      latest,
    }));
    return ok({ static: versions, live: null });
  }
  return ok(Object.fromEntries(sorted.map(([version, { count }]) => [version, count])));
}

/** Sweeps the predictions of one version; annotations made from them stay and forget where they came from. */
export function deleteModelVersion(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids, body } = call;
  const project = theProject(store, ids[0]!);
  const version = body.readObject()['model_version'];
  if (!version) throw invalidBody('model_version param is required');
  const swept = store.predictionsOfProject(project.id).filter((one) => one.model_version === version);
  for (const prediction of swept) {
    store.removePrediction(prediction);
    store.tasks.get(prediction.task)!.total_predictions -= 1;
  }
  if (project.model_version === version) project.model_version = null;
  return ok({ deleted_predictions: swept.length });
}

function matches(project: ProjectRow, query: URLSearchParams): boolean {
  const ids = query.get('ids')?.split(',').map(Number);
  const bad = ids?.findIndex((id) => Number.isNaN(id)) ?? -1;
  if (bad !== -1) throw crash(`Field 'id' expected a number but got '${query.get('ids')!.split(',')[bad]}'.`);
  const title = query.get('title')?.toLowerCase() ?? '';
  return (!ids || ids.includes(project.id)) && project.title.toLowerCase().includes(title);
}

/** Pages of 30, at most 100: `ProjectListPagination` of `projects/api.py`. */
function pageOf({ url, query }: Call, rows: ProjectRow[], shape: (row: ProjectRow) => unknown) {
  const wanted = numberIn(query, 'page_size');
  const size = wanted > 0 ? Math.min(wanted, 100) : 30;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = query.get('page') === 'last' ? pages : numberIn(query, 'page', query.has('page') ? 0 : 1);
  if (page < 1 || page > pages) throw invalidPage();
  const link = (to: number) => {
    const target = new URL(url);
    if (to === 1) target.searchParams.delete('page');
    else target.searchParams.set('page', String(to));
    target.searchParams.sort();
    return target.href;
  };
  return {
    count: rows.length,
    next: page * size < rows.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: rows.slice((page - 1) * size, page * size).map(shape),
  };
}

const COUNTS_ORDER = [
  'task_number',
  'finished_task_number',
  'total_predictions_number',
  'total_annotations_number',
  'num_tasks_with_annotations',
  'useful_annotation_number',
  'ground_truth_number',
  'skipped_annotations_number',
] as const;

type Counts = Record<(typeof COUNTS_ORDER)[number], number> & { queue_done: number; queue_total: number };

function projectCounts(project: ProjectRow, store: Store, user?: number): Counts {
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

/** With `include`, the fields that it names, and nothing else: `REST_FLEX_FIELDS` of `core/settings/base.py`. */
function projectShape(project: ProjectRow, store: Store, user: number, include?: string[]): JsonObject {
  const all = wholeProject(project, store, user);
  if (!include) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => include.includes(name)));
}

function wholeProject(project: ProjectRow, store: Store, user: number): JsonObject {
  const config = readLabelConfig(project.label_config);
  const all = projectCounts(project, store, user);
  const counts = Object.fromEntries(COUNTS_ORDER.map((name) => [name, all[name]]));
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
    created_by: userBrief(store.users.get(project.created_by)!),
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
