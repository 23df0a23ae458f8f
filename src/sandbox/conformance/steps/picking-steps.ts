import type { Json } from '#sandbox/http/json.ts';
import { type Step, ask, searching } from './ask.ts';

/** Requests of the task picker. */
export const pickingSteps: Step[] = [
  // Uses tasks 29 to 32 of project 4.
  ask('create a project to pick from', 'POST /api/projects/', {
    title: 'Odd columns',
    label_config:
      '<View><Text name="text" value="$text"/><Image name="photo" value="$photo"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>',
  }),
  ask('import tasks to pick from', 'POST /api/projects/4/import?return_task_ids=true', [
    {
      '1': 'one',
      text: 'Hello World',
      photo: '/data/upload/4/a.png',
      number: 31,
      'with space': 'spaced',
      yes: true,
    },
    { text: '100%20sure', photo: 's3://bucket/b.png', number: 7, my__key: 'under' },
    { text: 'a "quoted" back\\slash', photo: 'c', 'dash-key': 'dashed', 'a.b': 'dotted' },
    { text: '100 sure, task 29', photo: 'd', ünï: 'needle', '#tag': 'hash' },
  ]),
  ask('the columns of their data', 'GET /api/dm/columns/?project=4'),
  ...(
    [
      ['words, in any case', ['data.text', 'contains', 'hello WORLD']],
      ['words with quotes', ['data.text', 'contains', '"quoted" back\\s']],
      ['a percent sign as it is', ['data.text', 'contains', '100%20']],
      ['a part of a number', ['data.number', 'contains', '3']],
      ['a number for a text', ['data.number', 'contains', 31]],
      ['a yes', ['data.yes', 'contains', 'ru']],
      ['a column with a dash', ['data.dash-key', 'contains', 'dash']],
      ['a column with a dot', ['data.a.b', 'contains', 'dot']],
      ['a column beyond ASCII', ['data.ünï', 'contains', 'need']],
      ['a column with two underscores', ['data.my__key', 'contains', 'under']],
      ['a column that is a number', ['data.1', 'contains', 'one']],
      ['a column with a space', ['data.with space', 'contains', 'spaced']],
      ['a column with a hash', ['data.#tag', 'contains', 'hash']],
      ['an unknown column', ['data.unknown', 'contains', 'x']],
      ['an id', ['id', 'equal', 30]],
      ['an id beyond 64 bits', ['id', 'equal', 1e30]],
    ] as [string, [string, string, Json]][]
  ).map(([name, item]) => ask(`search: ${name}`, searching(4, 'or', item))),
  ask(
    'search: an id or a text',
    searching(
      4,
      'or',
      ['id', 'equal', 29],
      ['data.text', 'contains', '29'],
      ['data.number', 'contains', '29'],
    ),
  ),
  ask('search: nothing at all', searching(4, 'or')),
  ask(
    'search: a percent sign, escaped',
    searching(4, 'or', ['data.text', 'contains', '100%20']).replace('100%2520', '100%5Cu002520'),
  ),
  ask('save a view', 'POST /api/dm/views/', {
    project: 4,
    data: {
      title: 'With a 7',
      filters: {
        conjunction: 'and',
        items: [{ filter: 'filter:tasks:data.number', operator: 'contains', type: 'String', value: '7' }],
      },
    },
  }),
  ask('save a view without a title', 'POST /api/dm/views/', { project: 4, data: {} }),
  ask('the views', 'GET /api/dm/views/?project=4'),
  ask('the tasks of a view', 'GET /api/tasks/?page=1&include=id&view=1&page_size=1000&resolve_uri=false'),
  ask('the tasks of the other', 'GET /api/tasks/?page=1&include=id&view=2&page_size=1000&resolve_uri=false'),
  ask('a file that is not there', 'GET /data/upload/4/a.png'),
  ask('a file without a token', 'GET /data/upload/4/a.png', undefined, { authorization: '' }),
];
