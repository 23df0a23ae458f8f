import { isTruthyParam, type Answer, type Call } from '#sandbox/http/call.ts';
import { NotSerializable, writeJson } from '#sandbox/http/json.ts';
import { serverError, pageNotFound, notSupported } from '#sandbox/http/refusal.ts';
import { serializeExportedTask } from '#sandbox/data/serializers.ts';

/**
 * `ExportAPI` of `label_studio/data_export/api.py`, for JSON: tasks with all their annotations, including cancelled ones.
 * Tasks without any are skipped unless `download_all_tasks` is true; tasks of other projects are always skipped.
 */
export function exportTasks({ store, ids, query }: Call): Answer {
  const project = store.projects.get(ids[0]!);
  if (!project) throw pageNotFound();
  const type = query.get('exportType') ?? query.get('export_type') ?? 'JSON';
  if (type !== 'JSON') throw notSupported(`export to ${type}`);

  const asked = query.getAll('ids[]');
  const bad = asked.find((id) => !/^-?\d+$/.test(id));
  if (bad !== undefined) throw serverError(`Field 'id' expected a number but got '${bad}'.`);
  const tasks =
    asked.length === 0
      ? store.tasksOf.of(project.id)
      : [...new Set(asked.map(Number))].toSorted((a, b) => a - b).flatMap((id) => store.tasks.get(id) ?? []);

  const all = isTruthyParam(query.get('download_all_tasks'));
  const exported = tasks
    .filter((task) => task.project === project.id && (all || store.annotationsOf.of(task.id).length > 0))
    .map((task) => serializeExportedTask(task, store));
  return { status: 200, body: encodeExport(exported), contentType: 'application/.json' };
}

/** The export encodes its own text, so a lone surrogate gives an error in the envelope instead of Django's page. */
function encodeExport(tasks: unknown): string {
  try {
    return writeJson(tasks);
  } catch (error) {
    if (error instanceof NotSerializable) throw serverError(error.message);
    throw error;
  }
}
