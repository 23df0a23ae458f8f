import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { check } from '#domain/check.ts';
import { TaskTable } from '#domain/match/task-table.ts';
import { decodeFile } from '#domain/text/files/decode-file.ts';
import type { ImportSettings } from './import-settings.ts';

const seeds = new URL('../../../seeds/', import.meta.url);
const folder = new URL('samples/', seeds);
const projects = JSON.parse(readFileSync(new URL('sandbox/projects.json', seeds), 'utf8')) as {
  id: number;
  label_config: string;
}[];

const tasks = JSON.parse(readFileSync(new URL('sandbox/tasks.json', seeds), 'utf8')) as {
  id: number;
  project: number;
  data: Record<string, unknown>;
}[];

function tasksOf(project: number) {
  const table = new TaskTable();
  table.add(tasks.filter((task) => task.project === project));
  return { tasks: table, title: 'Sample' };
}

/** The files in `seeds/samples` with their project and expected content. */
const samples: [file: string, project: number, format: string, rows: number, settings?: ImportSettings][] = [
  ['api-annotations.json', 1, 'export', 1],
  ['api-tasks.json', 1, 'export', 1],
  ['coco.json', 5, 'coco', 2, { matching: { field: 'image', compare: 'file-name', ignoresCase: true } }],
  ['doccano.jsonl', 4, 'doccano', 2, { matching: { field: 'text', compare: 'value', ignoresCase: false } }],
  ['prodigy.jsonl', 4, 'prodigy', 2, { matching: { field: 'text', compare: 'value', ignoresCase: false } }],
  [
    'prodigy-images.jsonl',
    5,
    'prodigy',
    2,
    { matching: { field: 'image', compare: 'file-name', ignoresCase: true } },
  ],
  ['bom-and-semicolons.csv', 1, 'table', 3],
  ['export-with-a-skip.json', 1, 'export', 2],
  ['json-min.json', 5, 'records', 1],
  ['label-studio-export.csv', 2, 'table', 2],
  ['lines.jsonl', 1, 'json-lines', 2],
  ['old-mac.csv', 1, 'table', 2],
  ['one-hot.csv', 2, 'table', 2, { labelColumns: ['contents'] }],
  ['packed.csv.gz', 1, 'table', 2],
  ['predictions.json', 1, 'export', 2, { parts: { predictions: {} } }],
  ['records.json', 1, 'records', 2],
  ['sheets-range.tsv', 1, 'table', 2],
  ['target-storage.json', 1, 'export', 1],
  ['tasks.jsonl', 1, 'export', 2],
  ['utf-16.tsv', 1, 'table', 2],
];

/** Workbooks and archives are read by `src/engine/batch/files/read-files.spec.ts`. */
const isText = (file: string) => !/\.(?:xlsx|zip)$/.test(file);

it('covers every sample', () => {
  expect(samples.map(([file]) => file).toSorted()).toEqual(
    readdirSync(fileURLToPath(folder)).filter(isText).toSorted(),
  );
});

it.each(samples)('reads %s', async (file, project, format, rows, settings) => {
  const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
  const decoded = await decodeFile({
    size: bytes.length,
    read: async (from, to) => bytes.slice(from, to),
  });
  if (!decoded.ok) throw new Error(decoded.message);
  const read = readConfig(projects.find(({ id }) => id === project)!.label_config);
  if (!read.ok) throw new Error(read.problem.message);
  const known = { config: read.config, isForBulk: false };
  const { checked } = check(
    decoded.text,
    () => known,
    settings,
    settings?.matching && (() => tasksOf(project)),
  );
  expect(checked).toMatchObject({ format, rows, errors: 0 });
});
