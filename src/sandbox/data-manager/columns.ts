import { idParam, ok, type Answer, type Call } from '#sandbox/http/call.ts';
import type { JsonObject } from '#sandbox/http/json.ts';
import { readLabelConfig } from '#sandbox/label-config/label-config.ts';
import { requireProject } from '#sandbox/projects/projects.ts';
import type { ProjectRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';

/** The filterable columns: `get_all_columns` of `label_studio/data_manager/functions.py`. */
export function listColumns({ store, query }: Call): Answer {
  const project = requireProject(store, query.has('project') ? idParam(query, 'project') : 1);
  const { dataTags } = readLabelConfig(project.label_config);
  const keys = [...new Set([...dataTags.keys(), ...Object.keys(project.summary.all_data_columns)])];
  const ofData = keys.map((id) => ({
    id,
    title: id,
    type: typeOf(dataTags.get(id)),
    target: 'tasks',
    parent: 'data',
    visibility_defaults: { explore: true, labeling: dataTags.has(id) },
    project_defined: true,
  }));
  const ofTasks = taskColumns.map(([id, title, type, help]) => ({
    id,
    title,
    type,
    help,
    target: 'tasks',
    ...choicesOf(id, store, project),
    visibility_defaults: { explore: visibleByDefault.has(id), labeling: id === 'total_annotations' },
    project_defined: false,
  }));
  const root = {
    id: 'data',
    title: 'data',
    type: 'List',
    target: 'tasks',
    children: keys,
    project_defined: false,
  };
  return ok({ columns: [...ofData, ...ofTasks, root] });
}

function typeOf(tag: string | undefined): string {
  if (tag === undefined) return 'Unknown';
  return ['Image', 'Audio', 'AudioPlus', 'Video'].includes(tag) ? tag : 'String';
}

/** The options of columns that have a fixed list. */
function choicesOf(id: string, store: Store, project: ProjectRow): { schema?: JsonObject } {
  switch (id) {
    case 'annotators':
    case 'updated_by':
      return { schema: { items: [...store.users.all()].map((user) => user.id) } };
    case 'predictions_model_versions': {
      const versions = new Set(store.predictionsOfProject(project.id).map((one) => one.model_version));
      return { schema: { items: [...versions], multiple: true } };
    }
    default:
      return {};
  }
}

const taskColumns = [
  ['id', 'ID', 'Number', 'Task ID'],
  ['inner_id', 'Inner ID', 'Number', 'Internal task ID starting from 1 for the current project'],
  ['completed_at', 'Completed', 'Datetime', 'Last annotation date'],
  ['total_annotations', 'Annotations', 'Number', 'Total annotations per task'],
  ['cancelled_annotations', 'Cancelled', 'Number', 'Total cancelled (skipped) annotations'],
  ['total_predictions', 'Predictions', 'Number', 'Total predictions per task'],
  ['annotators', 'Annotated by', 'List', 'All users who completed the task'],
  ['annotations_results', 'Annotation results', 'String', 'Annotation results stacked over all annotations'],
  ['annotations_ids', 'Annotation IDs', 'String', 'Annotation IDs stacked over all annotations'],
  ['predictions_score', 'Prediction score', 'Number', 'Average prediction score over all task predictions'],
  [
    'predictions_model_versions',
    'Prediction model versions',
    'List',
    'Model versions aggregated over all predictions',
  ],
  ['predictions_results', 'Prediction results', 'String', 'Prediction results stacked over all predictions'],
  ['file_upload', 'Upload filename', 'String', 'Filename of uploaded file'],
  ['storage_filename', 'Storage filename', 'String', 'Filename from import storage'],
  ['created_at', 'Created at', 'Datetime', 'Task creation time'],
  ['updated_at', 'Updated at', 'Datetime', 'Task update time'],
  ['updated_by', 'Updated by', 'List', 'User who did the last task update'],
  ['avg_lead_time', 'Lead Time', 'Time', 'Average lead time over all annotations'],
  ['draft_exists', 'Drafts', 'Boolean', 'True if at least one draft exists for the task'],
] as const;

const visibleByDefault = new Set<string>([
  'id',
  'completed_at',
  'total_annotations',
  'cancelled_annotations',
  'total_predictions',
  'annotators',
]);
