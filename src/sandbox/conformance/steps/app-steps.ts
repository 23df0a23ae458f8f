import { ask, CHOICES, crossOrigin, exportOf, region, taskList, type Step } from './ask.ts';

const newest = JSON.stringify({ ordering: ['-tasks:updated_at'] });
const changed = { page: '1', page_size: '1000', include: 'id,data,updated_at' };

/** Reading all tasks of a project and later changes, users, and undo; uses tasks 33 to 37 of project 5. */
export const appSteps: Step[] = [
  ask('create a project to match', 'POST /api/projects/', { title: 'Fields', label_config: CHOICES }),
  ask(
    'import tasks to match',
    'POST /api/projects/5/import?return_task_ids=true',
    Array.from({ length: 5 }, (_, at) => ({ text: `Row ${at + 1}`, sku: `A-${at + 1}`, 'ünï cödé': '🌾' })),
  ),
  ask('users', 'GET /api/users/'),
  ask('users without a token', 'GET /api/users/', undefined, { authorization: '' }),
  ask('tasks with their last change', taskList(5, changed)),
  ask('tasks, those that changed last first', taskList(5, { ...changed, query: newest })),
  ask('annotate one of them', 'POST /api/tasks/35/annotations/', { result: [region('late-0')] }),
  ask('it comes first', taskList(5, { ...changed, page_size: '2', query: newest })),
  ask(
    'some tasks with their data',
    taskList(5, {
      page_size: '2',
      include: 'id,data',
      query: JSON.stringify({ selectedItems: { all: false, included: [34, 36] } }),
    }),
  ),
  ask('the project of a task', 'GET /api/tasks/33/?resolve_uri=false'),
  ask('the project of a task with an annotation', 'GET /api/tasks/35/?resolve_uri=false'),
  ask('the project of a task that is missing', 'GET /api/tasks/9999/?resolve_uri=false'),
  ask('bulk deletion, which is Enterprise’s', 'POST /api/annotations/bulk-delete/', { ids: [1], project: 5 }),
  ask('the export of a task that is labelled', exportOf(5, 35)),
  ask('the tasks across', taskList(5, changed), undefined, crossOrigin),
  ask(
    'the list of projects across',
    'GET /api/projects/?page=1&page_size=1&include=id',
    undefined,
    crossOrigin,
  ),
];
