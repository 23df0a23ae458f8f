import type { ViewRow } from '#sandbox/data/rows.ts';
import { serializeView } from '#sandbox/data/serializers.ts';
import { created, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { checkFields } from '#sandbox/http/fields.ts';
import { isObject } from '#sandbox/http/json.ts';
import { invalid } from '#sandbox/http/refusal.ts';
import { checkSavedFilters } from './filters.ts';

export function listViews({ store, query }: Call): Answer {
  const project = query.get('project');
  if (project !== null && !store.projects.has(Number(project))) {
    throw invalid({ project: ['Select a valid choice. That choice is not one of the available choices.'] });
  }
  const views = [...store.views.all()].filter((one) => project === null || one.project === Number(project));
  return ok(views.toSorted((a, b) => a.order - b.order || a.id - b.id).map((one) => serializeView(one)));
}

/** `ViewSerializer` of `data_manager/serializers.py`: filters and ordering are moved out of `data`. */
export function createView({ store, body, user }: Call): Answer {
  const {
    project,
    data = {},
    selected_items: selected,
  } = checkFields(body.read(), {
    project: { kind: 'pk', required: true, exists: (id) => store.projects.has(id) },
    data: { kind: 'json', nullable: true },
    selected_items: { kind: 'json', nullable: true },
  });
  const { filters, ordering = {}, ...rest } = isObject(data) ? data : {};
  const withFilters = isObject(filters) && filters['conjunction'] !== undefined;
  if (withFilters) checkSavedFilters(filters['items']);
  const others = [...store.views.all()].filter((one) => one.project === project);
  const view: ViewRow = {
    id: store.views.nextId,
    project: project as number,
    user: user.id,
    order: withFilters ? others.length : 0,
    data: rest,
    filters: withFilters ? filters : null,
    ordering,
    selected_items: isObject(selected) ? selected : null,
  };
  store.views.insert(view);
  return created(serializeView(view));
}
