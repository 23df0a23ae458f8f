import { isTruthyParam, type Answer, type Call } from '#sandbox/http/call.ts';
import { NotSerializable, writeJson, type JsonObject } from '#sandbox/http/json.ts';
import { serverError, pageNotFound, notSupported } from '#sandbox/http/refusal.ts';
import { serializeExportedTask } from '#sandbox/data/serializers.ts';
import { writeJsonMin, writeTable } from './converted-tasks.ts';

/**
 * `ExportAPI` of `label_studio/data_export/api.py`. As JSON: tasks with all their annotations, including cancelled ones.
 * Tasks without any are skipped unless `download_all_tasks` is true; tasks of other projects are always skipped.
 */
export function exportTasks({ store, ids, query }: Call): Answer {
  const project = store.projects.get(ids[0]!);
  if (!project) throw pageNotFound();
  const type = query.get('exportType') ?? query.get('export_type') ?? 'JSON';
  const format = formats[type];
  if (!format) throw otherFormats.includes(type) ? notSupported(`export to ${type}`) : serverError('');

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
  const { write, extension } = format;
  return {
    status: 200,
    body: encodeExport(exported, (tasks) => write(tasks, project.label_config)),
    contentType: `application/.${extension}`,
  };
}

interface Format {
  write: (tasks: JsonObject[], labelConfig: string) => string;
  /** The file extension, from which the server also derives the content type. */
  extension: string;
}

const formats: Record<string, Format | undefined> = {
  JSON: { write: writeJson, extension: 'json' },
  JSON_MIN: { write: writeJsonMin, extension: 'json' },
  CSV: { write: (tasks, config) => writeTable(tasks, config, ','), extension: 'csv' },
  TSV: { write: (tasks, config) => writeTable(tasks, config, '\t'), extension: 'csv' },
};

/** Further formats of the real server. */
const otherFormats = [
  'CONLL2003',
  'COCO',
  'COCO_WITH_IMAGES',
  'VOC',
  'BRUSH_TO_NUMPY',
  'BRUSH_TO_PNG',
  'BRUSH_TO_COCO',
  'ASR_MANIFEST',
  'YOLO',
  'YOLO_WITH_IMAGES',
  'YOLO_OBB',
  'YOLO_OBB_WITH_IMAGES',
  'CSV_OLD',
  'DOCLANG',
];

/** The export encodes its own text, so a lone surrogate gives an error in the envelope instead of Django's page. */
function encodeExport(tasks: JsonObject[], write: (tasks: JsonObject[]) => string): string {
  try {
    return write(tasks);
  } catch (error) {
    if (error instanceof NotSerializable) throw serverError(error.message);
    throw error;
  }
}
