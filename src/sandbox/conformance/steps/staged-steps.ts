import type { JsonObject } from '#sandbox/http/json.ts';
import { ask, CHOICES, exportOf, region, type Step } from './ask.ts';

const staged = (task: number, label = 'Good', version = 'sheaf-1-0'): JsonObject => ({
  task,
  model_version: version,
  result: [region(`staged-${task}`, label)],
});

const toAnnotations = 'POST /api/dm/actions/?id=predictions_to_annotations&project=6';
const turn = (version: string, ...included: number[]): JsonObject => ({
  selectedItems: { all: false, included },
  model_version: version,
});

const withVersion = (version: string) =>
  new URLSearchParams({
    page: '1',
    include: 'id',
    project: '6',
    page_size: '1000',
    resolve_uri: 'false',
    query: JSON.stringify({
      filters: {
        conjunction: 'and',
        items: [
          {
            filter: 'filter:tasks:predictions_model_versions',
            operator: 'contains',
            type: 'List',
            value: [version],
          },
        ],
      },
    }),
  });

/** Predictions that become annotations, on tasks 38 to 43 of project 6. */
export const stagedSteps: Step[] = [
  ask('create a project for predictions', 'POST /api/projects/', { title: 'Staged', label_config: CHOICES }),
  ask(
    'import tasks for predictions',
    'POST /api/projects/6/import?return_task_ids=true',
    Array.from({ length: 6 }, (_, at) => ({ text: `Row ${at + 1}` })),
  ),
  ask('versions, before', 'GET /api/projects/6/model-versions/'),
  ask('stage three', 'POST /api/projects/6/import/predictions', [staged(38), staged(39, 'Bad'), staged(40)]),
  ask('stage one that the config does not know', 'POST /api/projects/6/import/predictions', [
    staged(41, 'Ugly'),
    staged(42),
  ]),
  ask('stage on a task of elsewhere', 'POST /api/projects/6/import/predictions', [staged(43), staged(33)]),
  ask('stage on a task that is missing', 'POST /api/projects/6/import/predictions', [staged(9999)]),
  ask('stage nothing', 'POST /api/projects/6/import/predictions', []),
  ask('stage no list', 'POST /api/projects/6/import/predictions', staged(43)),
  ask('stage in a project that is missing', 'POST /api/projects/77/import/predictions', [staged(38)]),
  ask('stage without a token', 'POST /api/projects/6/import/predictions', [staged(38)], {
    authorization: '',
  }),
  ask('stage another version', 'POST /api/projects/6/import/predictions', [staged(38, 'Bad', 'theirs')]),
  ask('stage a result that is empty', 'POST /api/projects/6/import/predictions', [
    { task: 43, model_version: 'sheaf-empty', result: [] },
  ]),
  ask('stage a region without id', 'POST /api/projects/6/import/predictions', [
    {
      task: 43,
      model_version: 'sheaf-plain',
      result: [{ from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['Good'] } }],
    },
  ]),
  ask('versions', 'GET /api/projects/6/model-versions/'),
  ask('versions, with their dates', 'GET /api/projects/6/model-versions/?extended=true'),
  ask(
    'versions, with connected models',
    'GET /api/projects/6/model-versions/?extended=true&include_live_models=true',
  ),
  ask('which tasks have a version', `GET /api/tasks/?${withVersion('sheaf-1-0')}`),
  ask('which tasks have a version that is missing', `GET /api/tasks/?${withVersion('sheaf-9')}`),
  ask('versions of a project that is missing', 'GET /api/projects/77/model-versions/'),
  ask('the project with predictions', 'GET /api/projects/6/'),
  ask('turn them into annotations', toAnnotations, turn('sheaf-1-0', 38, 39, 40, 42)),
  ask('turn them again', toAnnotations, turn('sheaf-1-0', 38, 39, 40, 42)),
  ask('turn a version that is missing', toAnnotations, turn('sheaf-9', 38)),
  ask('turn with tasks of elsewhere', toAnnotations, turn('sheaf-1-0', 33)),
  ask('turn without a token', toAnnotations, turn('sheaf-1-0', 38), { authorization: '' }),
  ask('read the staged back', exportOf(6, 38, 39, 40, 41, 42, 43)),
  ask('sweep', 'DELETE /api/projects/6/model-versions/', { model_version: 'sheaf-1-0' }),
  ask('sweep again', 'DELETE /api/projects/6/model-versions/', { model_version: 'sheaf-1-0' }),
  ask('sweep without a name', 'DELETE /api/projects/6/model-versions/', {}),
  ask('sweep in a project that is missing', 'DELETE /api/projects/77/model-versions/', {
    model_version: 'x',
  }),
  ask('versions that are left', 'GET /api/projects/6/model-versions/'),
  ask('the annotations are left', exportOf(6, 38, 39, 40)),
  ask('the summary that knows nothing of them', 'GET /api/projects/6/summary/'),
  ask('refresh the summary', 'POST /api/projects/6/summary/reset/'),
  ask('the summary that knows them', 'GET /api/projects/6/summary/'),
  ask('create a prediction', 'POST /api/predictions/', { ...staged(38, 'Good', 'v2'), score: 0.5 }),
  ask('create one with a label that nothing knows', 'POST /api/predictions/', {
    task: 39,
    result: [region('p', 'Ugly')],
  }),
  ask('create one without a task', 'POST /api/predictions/', { result: [region('p')] }),
  ask('create one of a missing task', 'POST /api/predictions/', { task: 9999, result: [region('p')] }),
  ask('create one without a result', 'POST /api/predictions/', { task: 38 }),
  ask('the predictions of a task', 'GET /api/predictions/?task=38'),
  ask('the predictions of a project', 'GET /api/predictions/?project=6'),
  ask('the predictions of a missing project', 'GET /api/predictions/?project=77'),
  ask('the predictions of no task', 'GET /api/predictions/?task=abc'),
  ask('predictions by PUT', 'PUT /api/predictions/', {}),
  ask('a missing prediction', 'GET /api/predictions/999999/'),
  ask('delete a missing prediction', 'DELETE /api/predictions/999999/'),
  ask('refresh the summary of a project that is missing', 'POST /api/projects/77/summary/reset/'),
];
