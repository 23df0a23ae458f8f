import { created, noContent, intParam, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { timestamp } from '#sandbox/data/clock.ts';
import { checkFields, type Field, type Fields } from '#sandbox/http/fields.ts';
import type { Json } from '#sandbox/http/json.ts';
import { labelConfigError } from '#sandbox/label-config/label-config.ts';
import { serverError, forbidden, invalidPage, notFound, Refusal } from '#sandbox/http/refusal.ts';
import type { ProjectRow } from '#sandbox/data/rows.ts';
import { newProject } from '#sandbox/data/new-rows.ts';
import type { Store } from '#sandbox/data/store.ts';
import { COUNT_NAMES, projectCounts, serializeProject, serializeAllFields } from './serialize-project.ts';

/** @throws {Refusal} 404 */
export function requireProject(store: Store, id: number): ProjectRow {
  const project = store.projects.get(id);
  if (!project) throw notFound('Project');
  return project;
}

/**
 * In Enterprise, annotators can't create projects or run bulk actions. Community has no roles.
 *
 * @throws {Refusal} 403
 */
export function refuseAnnotators({ settings, user }: Call): void {
  if (settings.edition === 'enterprise' && user.role === 'Annotator') throw forbidden();
}

/** Pinned projects first, then the newest: `ProjectListAPI.get_queryset` of `projects/api.py`. */
export function listProjects(call: Call): Answer {
  const { store, user, query } = call;
  const all = [...store.projects.all()];
  const order = query.get('ordering');
  if (order === null) {
    const newest = (a: string | null, b: string | null) => (b ?? '').localeCompare(a ?? '');
    all.sort((a, b) => newest(a.pinned_at, b.pinned_at) || newest(a.created_at, b.created_at) || b.id - a.id);
  } else {
    const key = order.replace('-', '') as 'id' | 'title' | 'created_at';
    const sign = order.startsWith('-') ? -1 : 1;
    all.sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
  }
  const pinned = query.get('filter');
  const chosen = all.filter(
    (one) =>
      matchesQuery(one, query) &&
      (pinned !== 'pinned_only' || one.pinned_at !== null) &&
      (pinned !== 'exclude_pinned' || one.pinned_at === null),
  );
  return ok(
    pageOf(call, chosen, (one) => serializeProject(one, store, user.id, query.get('include')?.split(','))),
  );
}

export function listCounts(call: Call): Answer {
  const { store, query } = call;
  const chosen = [...store.projects.all()].filter((one) => matchesQuery(one, query));
  const shape = (project: ProjectRow) => {
    const counts = projectCounts(project, store);
    return { id: project.id, ...Object.fromEntries(COUNT_NAMES.map((name) => [name, counts[name]])) };
  };
  return ok(pageOf(call, chosen, shape));
}

export function getProject({ store, user, ids, query }: Call): Answer {
  return ok(
    serializeProject(requireProject(store, ids[0]!), store, user.id, query.get('include')?.split(',')),
  );
}

const text: Field = {
  kind: 'json',
  check: (value) => (typeof value === 'string' ? { value } : { error: ['Not a valid string.'] }),
};

/** Some of the project settings. A title may be empty but not one or two letters long (seen on 1.23.2). */
const settingFields: Fields = {
  title: {
    ...text,
    check: (value) => {
      const short = typeof value === 'string' && value.length > 0 && value.length < 3;
      return short ? { error: ['Ensure this field has at least 3 characters.'] } : text.check!(value);
    },
  },
  description: { ...text, nullable: true },
  label_config: { ...text, check: labelConfig },
  expert_instruction: { ...text, nullable: true },
  show_skip_button: { kind: 'boolean' },
  enable_empty_annotation: { kind: 'boolean' },
  maximum_annotations: { kind: 'bigint' },
  model_version: { ...text, nullable: true },
};

export function createProject(call: Call): Answer {
  refuseAnnotators(call);
  const { store, user, settings, body } = call;
  const values = checkFields(body.read(), settingFields);
  const project = newProject(store, user.id, timestamp(settings.now()), values);
  store.projects.insert(project);
  const uncounted = Object.fromEntries(COUNT_NAMES.map((name) => [name, null]));
  return created({
    ...serializeAllFields(project, store, user.id),
    ...uncounted,
    queue_total: 0,
    queue_done: 0,
  });
}

export function changeProject(call: Call): Answer {
  refuseAnnotators(call);
  const { store, user, ids, body } = call;
  const project = requireProject(store, ids[0]!);
  Object.assign(project, checkFields(body.read(), settingFields));
  return ok(serializeAllFields(project, store, user.id));
}

export function deleteProject(call: Call): Answer {
  refuseAnnotators(call);
  const { store, ids } = call;
  store.removeProject(requireProject(store, ids[0]!));
  return noContent();
}

function labelConfig(value: Json) {
  const problem = typeof value === 'string' ? labelConfigError(value) : 'Not a valid string.';
  return problem === null ? { value } : { error: [problem] };
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

function matchesQuery(project: ProjectRow, query: URLSearchParams): boolean {
  const ids = query.get('ids')?.split(',').map(Number);
  const bad = ids?.findIndex((id) => Number.isNaN(id)) ?? -1;
  if (bad !== -1)
    throw serverError(`Field 'id' expected a number but got '${query.get('ids')!.split(',')[bad]}'.`);
  const title = query.get('title')?.toLowerCase() ?? '';
  return (!ids || ids.includes(project.id)) && project.title.toLowerCase().includes(title);
}

/** Pages of 30, at most 100: `ProjectListPagination` of `projects/api.py`. */
function pageOf({ url, query }: Call, rows: ProjectRow[], shape: (row: ProjectRow) => unknown) {
  const wanted = intParam(query, 'page_size');
  const size = wanted > 0 ? Math.min(wanted, 100) : 30;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = query.get('page') === 'last' ? pages : intParam(query, 'page', query.has('page') ? 0 : 1);
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
