import { recountSummary } from '#sandbox/data/summary.ts';
import { ok, type Answer, type Call } from '#sandbox/http/call.ts';
import { notFound } from '#sandbox/http/refusal.ts';
import { requireProject } from './projects.ts';

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
  recountSummary(store, requireProject(store, ids[0]!).id);
  return { status: 200 };
}
