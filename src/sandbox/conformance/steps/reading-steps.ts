import { type Step, CHOICES, BEARER, ask, taskList, selecting } from './ask.ts';

/** Projects and tasks for later steps, signing in, and lists. */
export const readingSteps: Step[] = [
  // Projects and tasks for later steps: 1 to 25 are in project 1, 26 to 28 in project 2.
  ask('create a project', 'POST /api/projects/', { title: 'Moods of May', label_config: CHOICES }),
  ask('create another one', 'POST /api/projects/', { title: 'Moods of June', label_config: CHOICES }),
  ask('create one without a config', 'POST /api/projects/', { title: 'Empty' }),
  ask(
    'import tasks',
    'POST /api/projects/1/import?return_task_ids=true',
    Array.from({ length: 25 }, (_, at) => ({ text: `May ${at + 1}` })),
  ),
  ask(
    'import tasks elsewhere',
    'POST /api/projects/2/import?return_task_ids=true',
    Array.from({ length: 3 }, (_, at) => ({ text: `June ${at + 1}` })),
  ),

  // Signing in.
  ask('version', 'GET /api/version/'),
  ask('who am I, by the legacy token', 'GET /api/current-user/whoami'),
  ask('a token in lower case', 'GET /api/current-user/whoami', undefined, {
    authorization: 'token <legacy>',
  }),
  ask('the legacy token of who asks', 'GET /api/current-user/token'),
  ask('create a personal access token', 'POST /api/token/'),
  ask('refresh', 'POST /api/token/refresh/', { refresh: '<PAT>' }, { authorization: '' }),
  ask('who am I, by the access token', 'GET /api/current-user/whoami', undefined, { authorization: BEARER }),
  ask(
    'refresh with a wrong Authorization header',
    'POST /api/token/refresh/',
    { refresh: '<PAT>' },
    {
      authorization: 'Token 0000',
    },
  ),
  ask('refresh with null', 'POST /api/token/refresh/', { refresh: null }),
  ask('refresh with a number', 'POST /api/token/refresh/', { refresh: 5 }),
  ask('refresh with a list', 'POST /api/token/refresh/', [{ refresh: '<PAT>' }]),
  ask('refresh by GET', 'GET /api/token/refresh/'),
  ask('rotate', 'POST /api/token/rotate/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('refresh with the rotated one', 'POST /api/token/refresh/', { refresh: '<old PAT>' }),
  ask('refresh with the new one', 'POST /api/token/refresh/', { refresh: '<PAT>' }),
  ask('rotate rubbish', 'POST /api/token/rotate/', { refresh: 'rubbish' }, { authorization: BEARER }),
  ask('rotate nothing', 'POST /api/token/rotate/', {}, { authorization: BEARER }),
  ask('rotate without a token', 'POST /api/token/rotate/', { refresh: '<PAT>' }, { authorization: '' }),
  ask('blacklist', 'POST /api/token/blacklist/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('blacklist again', 'POST /api/token/blacklist/', { refresh: '<PAT>' }, { authorization: BEARER }),
  ask('blacklist nothing', 'POST /api/token/blacklist/', {}, { authorization: BEARER }),
  ask('refresh with the blacklisted one', 'POST /api/token/refresh/', { refresh: '<PAT>' }),
  ask('create a token after that', 'POST /api/token/'),
  ask('list tokens', 'GET /api/token/'),
  ask(
    'switch legacy tokens off',
    'POST /api/jwt/settings',
    { legacy_api_tokens_enabled: false },
    {
      authorization: BEARER,
    },
  ),
  ask('who am I, while they are off', 'GET /api/current-user/whoami'),
  ask('an unknown token, while they are off', 'GET /api/current-user/whoami', undefined, {
    authorization: `Token ${'0'.repeat(40)}`,
  }),
  ask(
    'switch them on again',
    'POST /api/jwt/settings',
    { legacy_api_tokens_enabled: true },
    {
      authorization: BEARER,
    },
  ),

  // The list of projects as requested by the app.
  ask(
    'projects',
    'GET /api/projects/?page_size=100&include=id%2Ctitle%2Ctask_number%2Ctotal_annotations_number',
  ),
  ask(
    'projects by title',
    'GET /api/projects/?page_size=100&include=id%2Ctitle%2Ctask_number%2Ctotal_annotations_number&title=june',
  ),
  ask('projects by an unknown title', 'GET /api/projects/?page_size=100&include=task_number&title=zebra'),
  ask('projects by a title with spaces', 'GET /api/projects/?include=id&title=of+June'),
  ask('projects, the second page', 'GET /api/projects/?page_size=2&page=2&include=id'),
  ask('projects, a page of none', 'GET /api/projects/?page_size=0&include=id'),
  ask('projects, page 0', 'GET /api/projects/?page=0'),
  ask('projects, page last', 'GET /api/projects/?page_size=2&page=last&include=id'),
  ask('projects with include of nothing', 'GET /api/projects/?include='),
  ask('one project', 'GET /api/projects/1/'),
  ask('one project with include', 'GET /api/projects/2/?include=task_number'),
  ask('one that is not there', 'GET /api/projects/77/'),

  // Task lists as requested by the app.
  ask('tasks', taskList(1, { page: '1', page_size: '1000' })),
  ask('tasks, the first page of three', taskList(1, { page: '1', page_size: '10' })),
  ask('tasks, the last page', taskList(1, { page: '3', page_size: '10' })),
  ask('tasks, past the end', taskList(1, { page: '4', page_size: '10' })),
  ask('tasks of an empty project', taskList(3, { page: '1', page_size: '10' })),
  ask('tasks of an empty project, past the end', taskList(3, { page: '2', page_size: '10' })),
  ask('tasks of a project that is not there', taskList(77, { page: '1', page_size: '10' })),
  ask('tasks, page 0', taskList(1, { page: '0', page_size: '10' })),
  ask('tasks, selected', selecting({ all: false, included: [3, 1, 9] })),
  ask('tasks, selected twice', selecting({ all: false, included: [3, 3] })),
  ask('tasks, some of them elsewhere or nowhere', selecting({ all: false, included: [2, 26, 9999, 5] })),
  ask('tasks, all of them elsewhere or nowhere', selecting({ all: false, included: [26, 9999] })),
  ask('tasks, one beyond 32 bits', selecting({ all: false, included: [1, 4294967297] })),
  ask('tasks, selected, past the end', selecting({ all: false, included: [3, 1] }, { page: '2' })),
  ask(
    'tasks, selected, by pages',
    selecting({ all: false, included: [1, 2, 3] }, { page: '2', page_size: '2' }),
  ),
  ask('tasks, all but some', selecting({ all: true, excluded: [1, 2, 3, 26] })),
  ask('tasks with more fields', taskList(1, { page_size: '1', include: 'id,inner_id,total_annotations' })),
  ask('tasks with an unknown field', taskList(1, { page_size: '1', include: 'id,nonsense' })),
  ask('tasks without a token', taskList(1, {}), undefined, { authorization: '' }),
];
