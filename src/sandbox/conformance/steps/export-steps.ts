import type { JsonObject } from '#sandbox/http/json.ts';
import { ask, type Step } from './ask.ts';

/* Exports in formats other than JSON, of tasks 44 to 46 of project 7. */

const CONTROLS =
  '<View><Text name="text" value="$text"/><Image name="image" value="$image"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices>' +
  '<TextArea name="note" toName="text"/><Rating name="stars" toName="text"/><Taxonomy name="kind" toName="text"><Choice value="a"><Choice value="b"/></Choice></Taxonomy>' +
  '<Labels name="words" toName="text"><Label value="Word"/></Labels><RectangleLabels name="box" toName="image"><Label value="Box"/></RectangleLabels></View>';

const answer = (name: string, type: string, value: JsonObject, more: JsonObject = {}): JsonObject => ({
  id: `export-${name}`,
  from_name: name,
  to_name: name === 'box' ? 'image' : 'text',
  type,
  value,
  ...more,
});

const box = { x: 10, y: 20.5, width: 30, height: 40, rotation: 0, rectanglelabels: ['Box'] };

const formats = ['JSON_MIN', 'CSV', 'TSV'];
const exportTo = (format: string, more = '') => `GET /api/projects/7/export?exportType=${format}${more}`;

export const exportSteps: Step[] = [
  ask('create a project to export', 'POST /api/projects/', { title: 'Exports', label_config: CONTROLS }),
  ask('import tasks to export', 'POST /api/projects/7/import?return_task_ids=true', [
    { text: 'plain, with a comma', image: '/a.jpg', note: 'taken', id: 7 },
    {
      text: 'said “so”\n"and" so\t🙂 <b>ü</b>',
      image: 'https://example.com/b.jpg',
      number: 3,
      part: 0.25,
      yes: true,
      none: null,
      list: ['a', { b: 'c/d' }],
    },
    { text: 'nothing here', image: '/c.jpg' },
  ]),
  ask('annotate one', 'POST /api/tasks/44/annotations/', {
    result: [
      answer('mood', 'choices', { choices: ['Good'] }),
      answer('note', 'textarea', { text: ['one'] }),
      answer('stars', 'rating', { rating: 4 }),
      answer('kind', 'taxonomy', { taxonomy: [['a', 'b']] }),
      answer('words', 'labels', { start: 0, end: 5, text: 'plain', labels: ['Word'] }),
      answer('words', 'labels', { start: 7, end: 11, text: 'with', labels: ['Word'] }),
      answer('box', 'rectanglelabels', box, { original_width: 600, original_height: 400, image_rotation: 0 }),
      answer('nowhere', 'choices', { choices: ['x'] }),
    ],
    lead_time: 2,
  }),
  ask('annotate another', 'POST /api/tasks/45/annotations/', {
    result: [
      answer('mood', 'choices', { choices: ['Good', 'Bad'] }),
      answer('note', 'textarea', { text: ['“one”', 'a\\b "two"/three'] }),
    ],
    lead_time: 1.5,
  }),
  ask('annotate it again', 'POST /api/tasks/45/annotations/', { result: [] }),
  ask('and skip it', 'POST /api/tasks/45/annotations/', { result: [], was_cancelled: true }),
  ...formats.map((format) => ask(`export to ${format}`, exportTo(format))),
  ...formats.map((format) =>
    ask(`export all tasks to ${format}`, exportTo(format, '&download_all_tasks=true')),
  ),
  ...formats.map((format) => ask(`export one task to ${format}`, exportTo(format, '&ids[]=46&ids[]=44'))),
  ask('export to a format that there isn’t', exportTo('NOPE')),
  ask('annotate one without a value', 'POST /api/tasks/46/annotations/', {
    result: [answer('mood', 'choices', { labels: ['Good'] })],
  }),
  ...formats.map((format) => ask(`export to ${format} what it can’t be`, exportTo(format))),
];
