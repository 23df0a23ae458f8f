import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/read/read-config.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { check } from './check.ts';
import { applyFixes, findAlike } from './fix.ts';
import type { TasksOf } from './match/tasks-of.ts';
import { TaskTable } from './match/task-table.ts';
import { proposeMatching } from './match/try-matching.ts';
import type { ImportSettings } from './parse/import-settings.ts';
import { keyColumnsOf } from './parse/key-columns.ts';
import { valuesOf } from './spec-texts.ts';
import { decodeFile } from './text/files/decode-file.ts';
import type { SourceText } from './text/source-text.ts';

/* Inputs from public support threads, rebuilt. Files and configs are in seeds/field-cases. */

const folder = new URL('../../seeds/field-cases/', import.meta.url);
const samples = new URL('../../seeds/samples/', import.meta.url);

async function read(config: string, file: string) {
  const known = readConfig(readFileSync(new URL(config, folder), 'utf8'));
  if (!known.ok) throw new Error(known.problem.message);
  const bytes = new Uint8Array(readFileSync(new URL(file, file.endsWith('.gz') ? samples : folder)));
  const decoded = await decodeFile({
    size: bytes.length,
    read: async (from, to) => bytes.subarray(from, to),
  });
  if (!decoded.ok) throw new Error(decoded.message);
  return outcomeOf(decoded.text, known.config);
}

type Config = Extract<ReturnType<typeof readConfig>, { ok: true }>['config'];

function outcomeOf(text: SourceText, config: Config, settings: ImportSettings = {}, tasksOf?: TasksOf) {
  const configOf = () => ({ config, isForBulk: false });
  const { parsed, checked } = check(text, configOf, settings, tasksOf);
  const columns = Object.fromEntries(
    (parsed.reading?.columns ?? [])
      .filter(({ target }) => target !== 'nothing')
      .map(({ name, target }) => [target, name]),
  );
  return {
    ...checked,
    columns,
    /** Each task with its answers: `1001 tone=Positive`. */
    answers: valuesOf(parsed.entries).map(inWords),
    codes: checked.problems.map(({ severity, code }) => `${severity} ${code}`),
    messages: checked.problems.map(({ message }) => message),
    /** The outcome once the proposed task matching is accepted. */
    matched(...tasks: { id: number; data: Record<string, string> }[]) {
      const table = new TaskTable();
      table.add(tasks);
      const keys = keyColumnsOf(parsed);
      const proposal = proposeMatching(table, keys);
      if (proposal === undefined) throw new Error('No column has anything in common with the tasks');
      const { column, matching } = proposal;
      const accepted: ImportSettings = { columns: { [keys[column]!.name]: 'task-key' }, matching };
      return outcomeOf(text, config, accepted, () => ({ tasks: table, title: 'Mine' }));
    },
    /** The outcome after applying the fixes for these codes, one after the other. */
    fixed(...codes: string[]) {
      let now = text;
      for (const code of codes) {
        const found = check(now, configOf);
        const problem = found.checked.problems.find((one) => one.code === code && one.fix !== undefined);
        if (problem === undefined) throw new Error(`No ${code} with a fix`);
        now = applyFixes(now, found.parsed, findAlike(found.parsed.entries, configOf, problem));
      }
      return outcomeOf(now, config);
    },
  };
}

type Outcome = Awaited<ReturnType<typeof read>>;

function inWords(entry: Json): string {
  const { task, tasks, result } = entry as { task?: Json; tasks?: Json[]; result?: Record<string, Json>[] };
  const regions = (Array.isArray(result) ? result : []).map(({ from_name: name, value }) => {
    const [answer] = Object.values(isJsonObject(value) ? value : {});
    const picks = Array.isArray(answer)
      ? answer.map((pick) => (Array.isArray(pick) ? pick.map(words).join(' > ') : words(pick)))
      : [words(answer)];
    return `${words(name)}=${picks.join(' + ')}`;
  });
  return [words(task ?? tasks?.[0]), ...regions].join(' ');
}

const words = (value: Json | undefined) =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

interface Case {
  id: string;
  /** The thread, or the case that it varies. */
  source: string;
  /** The expected behaviour. */
  title: string;
  config: string;
  file: string;
  verify: (found: Outcome) => void;
}

const isTask = (column: string) => (found: Outcome) => {
  expect(found.columns).toMatchObject({ task: column, 'control:tone': 'tone' });
  expect(found.codes).toEqual([]);
};
const isRefused =
  (...messages: string[]) =>
  (found: Outcome) => {
    expect(found).toMatchObject({ rows: 0 });
    expect(found.errors).toBeGreaterThan(0);
    for (const message of messages) expect(found.messages.join('\n')).toContain(message);
  };
const isValid = (found: Outcome) => expect(found).toMatchObject({ rows: 1, codes: [] });

const cases: Case[] = [
  {
    id: 'F01',
    source: 'HumanSignal/label-studio#1347',
    title: 'Of the columns ID and id, the one in Label Studio’s spelling has the task IDs',
    config: 'one.xml',
    file: 'ls-tsv-two-ids.tsv',
    verify: isTask('id'),
  },
  {
    id: 'F02',
    source: 'voxel51/fiftyone#1046',
    title: '“Task ID” has the task IDs, “ID” of the row hasn’t',
    config: 'one.xml',
    file: 't-id-and-taskid.csv',
    verify: isTask('Task ID'),
  },
  {
    id: 'F03',
    source: 'Auxx-Ai/auxx-ai#1894',
    title: '“Task number” has the task IDs, “No.” hasn’t',
    config: 'one.xml',
    file: 't-no-tasknum.csv',
    verify: isTask('Task number'),
  },
  {
    id: 'F06',
    source: 'HumanSignal/label-studio#2859',
    title: 'A column of votes is never guessed to be task IDs',
    config: 'one.xml',
    file: 'u-votes.csv',
    verify: isRefused('No column is mapped to task IDs.'),
  },
  {
    id: 'F08',
    source: 'inner_id of the Data Manager',
    title: 'The inner ID of a task isn’t used as its ID',
    config: 'one.xml',
    file: 'u-inner.csv',
    verify: isRefused('No column is mapped to task IDs.'),
  },
  {
    id: 'F09',
    source: 'annotation_id of an export',
    title: 'The ID of an annotation isn’t used as a task ID',
    config: 'one.xml',
    file: 'u-annid.csv',
    verify: isTask('Label Studio task'),
  },
  {
    id: 'F12',
    source: 'doccano/doccano#17',
    title: 'A column for each label is explained, and creates no empty annotations',
    config: 'multi.xml',
    file: 't-onehot.csv',
    verify: isRefused('are named like labels of “topic”', 'joined by |'),
  },
  {
    id: 'F14',
    source: 'HumanSignal/label-studio#2954',
    title: 'A column for Labels is refused, with the formats that work',
    config: 'lab.xml',
    file: 'lab.csv',
    verify: isRefused('“sentiment” is a Labels control', 'Use a column “result” with JSON'),
  },
  {
    id: 'F18',
    source: 'topic1, topic2',
    title: 'A second column with labels of one control is named',
    config: 'multi.xml',
    file: 't-topic-1-2.csv',
    verify(found) {
      expect(found.columns).toMatchObject({ 'control:topic': 'topic1' });
      expect(found.messages.join()).toContain('Column “topic2” has labels of “topic”, but isn’t used');
    },
  },
  {
    id: 'F33',
    source: 'HumanSignal/label-studio#9709',
    title: 'An export with the ids of predictions gives its annotation',
    config: 'one.xml',
    file: 'preds-ids.json',
    verify: isValid,
  },
  {
    id: 'F36',
    source: 'empty lists in a CSV',
    title: 'Empty lists aren’t labels, and a table without labels is refused',
    config: 'one.xml',
    file: 'q-emptylist.csv',
    verify: isRefused('No column has labels'),
  },
  {
    id: 'F38',
    source: 'HumanSignal/label-studio#5794',
    title: 'Pixels are one error, and one fix turns all into percent by the image size',
    config: 'box.xml',
    file: 'box-pixels.json',
    verify(found) {
      expect(found).toMatchObject({ rows: 0, codes: ['error numbers-are-pixels'] });
      expect(found.messages.join()).toContain('pixels of an image of 3072 × 1728');
      const { value } = found.problems[0]!.fix!;
      expect(value).toMatchObject({
        x: expect.closeTo(87.61393, 5),
        width: expect.closeTo(4.668, 3),
        rotation: 0,
      });
      expect(found.fixed('numbers-are-pixels')).toMatchObject({ rows: 1, codes: [] });
    },
  },
  {
    id: 'F40',
    source: 'HumanSignal/label-studio#4799, #5538; label-studio-converter#236',
    title: 'Fractions cause a warning, and one fix turns all into percent',
    config: 'box.xml',
    file: 'box-many-fraction.json',
    verify(found) {
      expect(found.rows).toBe(6);
      expect(new Set(found.codes)).toEqual(new Set(['warning numbers-are-fractions']));
      expect(found.problems[1]!.fix!.value).toMatchObject({
        x: 21,
        y: 30,
        width: 10,
        height: 20,
        rotation: 0,
      });
      expect(found.fixed('numbers-are-fractions')).toMatchObject({ rows: 6, codes: [] });
    },
  },
  {
    id: 'F42',
    source: 'HumanSignal/label-studio#2702',
    title: 'Percentages times 100 are refused',
    config: 'box.xml',
    file: 'box-x100.json',
    verify: isRefused('too large'),
  },
  {
    id: 'F44',
    source: 'HumanSignal/label-studio-sdk#234',
    title: 'A region with “values” needs “value”',
    config: 'box.xml',
    file: 'box-values-dict.json',
    verify: isRefused('This region has “values”, but Label Studio reads “value”.'),
  },
  {
    id: 'F45',
    source: 'HumanSignal/label-studio#5956, #5415, #8607',
    title: 'Wrong names are refused, and the right ones suggested',
    config: 'box.xml',
    file: 'box-wrong-names.json',
    verify: isRefused('no control named “bbox”. Accepted: “label”.'),
  },
  {
    id: 'F47',
    source: 'HumanSignal/label-studio#1601',
    title: 'A span without labels is refused',
    config: 'ner.xml',
    file: 'ner-nolabels.json',
    verify: isRefused('“labels” is missing'),
  },
  {
    id: 'F49',
    source: 'HumanSignal/label-studio#1008',
    title: 'A span after an emoji counts code points',
    config: 'ner.xml',
    file: 'ner-export-emoji.json',
    verify: isValid,
  },
  {
    id: 'F50',
    source: 'HumanSignal/label-studio#4988, #1347; doccano#2290; argilla#5729',
    title: 'Offsets in UTF-16 are recognised, and one fix turns all into code points',
    config: 'ner.xml',
    file: 'ner-export-emoji-utf16.json',
    verify(found) {
      expect(found).toMatchObject({ rows: 1, codes: ['warning span-counted-otherwise'] });
      expect(found.messages.join()).toContain('“annotation” goes from 12 to 22');
      expect(found.problems[0]).toMatchObject({ line: 15, fix: { value: { start: 12, end: 22 } } });
      expect(found.fixed('span-counted-otherwise').codes).toEqual([]);
    },
  },
  {
    id: 'F53',
    source: 'label-studio-converter#17, #95',
    title: 'A mask of pixel counts is refused',
    config: 'brush.xml',
    file: 'brush-counts.json',
    verify: isRefused('A mask can’t contain 199501'),
  },
  {
    id: 'F54',
    source: 'ryouchinsa/Rectlabel-support#285',
    title: 'A mask of COCO is refused',
    config: 'brush.xml',
    file: 'brush-coco.json',
    verify: isRefused('“rle” must be a list'),
  },
  {
    id: 'F55',
    source: 'HumanSignal/label-studio#3941, label-studio-sdk#120, #8674',
    title: 'value.textarea is refused, and value.text named',
    config: 'asr.xml',
    file: 'asr-textarea-key.json',
    verify: isRefused('“text” is missing', 'doesn’t use “textarea”'),
  },
  {
    id: 'F56',
    source: 'HumanSignal/label-studio#6122',
    title: 'ParagraphLabels with “labels” are refused, and the right key named',
    config: 'dialog.xml',
    file: 'par-labels-key.json',
    verify: isRefused('“paragraphlabels” is missing'),
  },
  {
    id: 'F57',
    source: 'HumanSignal/label-studio#3904',
    title: 'A video region without names and value is refused',
    config: 'video.xml',
    file: 'video-flat.json',
    verify: isRefused('“from_name” is missing', '“value” is missing'),
  },
  ...[
    ['F58', 'HumanSignal/label-studio#2843', 'ts', 'A span of a time series'],
    ['F59', 'HumanSignal/label-studio#323, #1191', 'rel', 'A relation'],
    ['F61', 'HumanSignal/label-studio#5025', 'rep', 'A region of a Repeater'],
    ['F62', 'HumanSignal/label-studio#5649, #4699', 'pair', 'A rating of two texts and their Pairwise'],
  ].map(([id, source, name, title]) => ({
    id: id!,
    source: source!,
    title: `${title!} is valid`,
    config: name === 'rel' ? 'ner.xml' : `${name!}.xml`,
    file: `${name!}-ok.json`,
    verify: isValid,
  })),
  {
    id: 'F63',
    source: 'HumanSignal/label-studio-sdk#405',
    title: 'Fields of a prediction are refused by name',
    config: 'one.xml',
    file: 'body-sdk.json',
    verify: isRefused('“model_version” isn’t a field', '“score” isn’t a field'),
  },
  {
    id: 'F65',
    source: 'calpaterson/csvbase#11, bojieli/ai-agent-book#360, label-studio-converter#109',
    title: 'One fix corrects all IDs as pandas writes them',
    config: 'one.xml',
    file: 't-float-ids.csv',
    verify(found) {
      expect(found.codes).toEqual(['error task-id-spelled-otherwise', 'error task-id-spelled-otherwise']);
      expect(found.fixed('task-id-spelled-otherwise')).toMatchObject({
        codes: [],
        answers: ['1001 tone=Positive', '1002 tone=Negative'],
      });
    },
  },
  {
    id: 'F68',
    source: 'mholt/PapaParse#951, rap2hpoutre/fast-excel#327, PowerShell#7776',
    title: 'The line sep=; sets the delimiter and isn’t a row',
    config: 'one.xml',
    file: 't-sep-line.csv',
    verify: (found) =>
      expect(found).toMatchObject({
        codes: ['info row-above-table'],
        answers: ['1001 tone=Positive', '1002 tone=Negative'],
      }),
  },
  {
    id: 'F71',
    source: 'a quote that opens in the first rows and never closes',
    title: 'An unclosed quote is reported at its place',
    config: 'one.xml',
    file: 't-open-quote.csv',
    verify(found) {
      const open = found.problems.find(({ code }) => code === 'quote-not-closed');
      expect(open).toMatchObject({ severity: 'error', line: 2, column: 6 });
      expect(found.codes).not.toContain('error task-column-missing');
    },
  },
  {
    id: 'F70',
    source: 'OpenRefine/OpenRefine#690',
    title: 'A lone quote inside a cell is read unchanged, with a warning',
    config: 'one.xml',
    file: 't-midquote.csv',
    verify: (found) => expect(found).toMatchObject({ rows: 2, codes: ['warning quote-inside-cell'] }),
  },
  {
    id: 'F73',
    source: 'mholt/PapaParse#600',
    title: 'Commas in a header don’t hide its semicolons',
    config: 'one.xml',
    file: 't-header-commas-semi.csv',
    verify: (found) =>
      expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive', '1002 tone=Negative'] }),
  },
  {
    id: 'F75',
    source: 'mholt/PapaParse#1052',
    title: 'Quoted names with commas don’t change the columns',
    config: 'one.xml',
    file: 't-quoted-head.csv',
    verify: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] }),
  },
  {
    id: 'F76',
    source: 'European spreadsheets',
    title: 'One fix corrects decimal commas and thousands separators; a unit stays an error',
    config: 'multi.xml',
    file: 't-number.csv',
    verify(found) {
      expect(found).toMatchObject({ rows: 1, errors: 5 });
      const fixed = found.fixed('value-not-a-number', 'value-number-in-quotes');
      expect(fixed.messages).toEqual(['“12 pcs” isn’t a number. Use a number.']);
      expect(fixed.answers.filter((_, row) => row !== 3)).toEqual([
        '1001 pieces=4.5',
        '1002 pieces=1234.5',
        '1003 pieces=1234',
        '1005 pieces=1000',
        '1006 pieces=50',
      ]);
    },
  },
  {
    id: 'F77',
    source: 'UgnisSoftware/react-spreadsheet-import#110',
    title: 'Dates in other formats get a suggestion, or two if day and month may be swapped',
    config: 'multi.xml',
    file: 't-dates.csv',
    verify(found) {
      const fixes = found.problems.map(({ line, fix }) => [line, fix?.value, fix?.or?.value]);
      expect(fixes).toEqual([
        [3, '2024-05-01', undefined],
        [4, '2024-01-05', '2024-05-01'],
        [5, '2024-05-01', undefined],
        [6, '2024-05-01', undefined],
        [7, undefined, undefined],
        [8, '2024-05-01', undefined],
        // Its time would be lost.
        [9, undefined, undefined],
      ]);
    },
  },
  {
    id: 'F78',
    source: 'twentyhq/twenty#5793, huridocs/uwazi#3300, tbar0970/jethro-pmm#755, Aam-Digital/ndb-core#1610',
    title: 'One fix splits all choices joined by commas',
    config: 'multi.xml',
    file: 't-multi-comma.csv',
    verify: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Praise, thanks'],
      }),
  },
  {
    id: 'F79',
    source: 'doccano/doccano#1865, #1821',
    title: 'A list of Python is read as a list',
    config: 'multi.xml',
    file: 't-multi-pylist.csv',
    verify: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Billing'],
      }),
  },
  {
    id: 'F80',
    source: 'OpnForm#864',
    title: 'A label that verify a comma is found by the labels themselves',
    config: 'multi.xml',
    file: 't-multi-google.csv',
    verify: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Praise, thanks'],
      }),
  },
  {
    id: 'F81',
    source: 'pandas.DataFrame.to_csv of a column of lists',
    title: 'Python in a result column is recognised, and converted to JSON on request',
    config: 'one.xml',
    file: 't-pyresult.csv',
    verify(found) {
      expect(found.messages.join()).toContain('This is Python, not JSON: it has texts in single quotes');
      expect(found.fixed('result-almost-json')).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] });
    },
  },
  {
    id: 'F85',
    source: 'file names of macOS',
    title: 'A decomposed letter matches the composed one of the label',
    config: 'nfc.xml',
    file: 't-nfd.csv',
    verify: (found) =>
      expect(found.fixed('choice-unknown')).toMatchObject({
        codes: [],
        answers: ['1001 tone=Café'.normalize('NFC')],
      }),
  },
  {
    id: 'F82',
    source: 'a compressed file on the command line',
    title: 'A gzipped table is read',
    config: 'one.xml',
    file: 'packed.csv.gz',
    verify: (found) => expect(found).toMatchObject({ rows: 2, codes: [] }),
  },
  {
    id: 'F10',
    source: 'margince/margince#2513',
    title: 'Boxes in a CSV export of Label Studio are read',
    config: 'box.xml',
    file: 'ls-csv-boxes.csv',
    verify: isValid,
  },
  {
    id: 'F11',
    source: 'HumanSignal/label-studio#1347, #2588',
    title: 'Spans in a CSV export are read',
    config: 'ner.xml',
    file: 'ls-csv-ner.csv',
    verify: isValid,
  },
  {
    id: 'F15',
    source: 'HumanSignal/label-studio#548, #5654, #7109',
    title: 'Predictions are never dropped silently',
    config: 'one.xml',
    file: 'preds.json',
    verify: isRefused('2 predictions, no annotations.'),
  },
  {
    id: 'F19',
    source: 'HumanSignal/label-studio-converter#59',
    title: 'Several choices as JSON in a cell of a CSV export are read',
    config: 'multi.xml',
    file: 'ls-csv-multi.csv',
    verify: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Praise, thanks'],
      }),
  },
  {
    id: 'F21',
    source: 'a TextArea in a CSV export',
    title: 'Two texts as JSON are two texts',
    config: 'multi.xml',
    file: 'ls-csv-note.csv',
    verify: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 note=one + two'] }),
  },
  {
    id: 'F22',
    source: 'HumanSignal/label-studio#1605',
    title: 'All answers of a JSON-MIN export are read',
    config: 'multi.xml',
    file: 'ls-min-all.json',
    verify: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 stars=4 pieces=3 day=2024-05-01 kind=Animal > Cat note=one + two tone=Positive'],
      }),
  },
  {
    id: 'F23',
    source: 'HumanSignal/label-studio#1605',
    title: 'Boxes of a JSON-MIN export are read',
    config: 'box.xml',
    file: 'ls-min-boxes.json',
    verify: isValid,
  },
  {
    id: 'F24',
    source: 'HumanSignal/label-studio#5601, #8838',
    title: 'An annotation of a target storage is for the task in it',
    config: 'box.xml',
    file: 'export-beyond-image.json',
    verify(found) {
      expect(found).toMatchObject({ rows: 1, codes: ['warning reaches-beyond-image'] });
      expect(found.answers[0]).toMatch(/^195 /);
    },
  },
  {
    id: 'F26',
    source: 'labelstud.io/guide/task_format',
    title: 'The example of the documentation, a single task, is read',
    config: 'box.xml',
    file: 'docs-task.json',
    verify: isValid,
  },
  {
    id: 'F28',
    source: 'HumanSignal/label-studio#548, #452',
    title: '“completions” of old versions are annotations',
    config: 'one.xml',
    file: 'completions.json',
    verify: (found) => expect(found).toMatchObject({ codes: [], answers: ['3 tone=Positive'] }),
  },
  {
    id: 'F29',
    source: 'HumanSignal/label-studio#889',
    title: 'Tasks without an ID cause an error: they were never imported',
    config: 'one.xml',
    file: 'anns-noid.json',
    verify: isRefused('These tasks have no ID'),
  },
  {
    id: 'F30',
    source: 'GET /api/tasks/{id}/annotations/',
    title: 'Annotations of the API are read',
    config: 'one.xml',
    file: 'api-annotations.json',
    verify: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] }),
  },
  {
    id: 'F31',
    source: 'GET /api/tasks?fields=all',
    title: 'A page of tasks of the API is read as an export',
    config: 'one.xml',
    file: 't-tasks-wrapped.json',
    verify: (found) => expect(found).toMatchObject({ format: 'export', rows: 1, errors: 0 }),
  },
  {
    id: 'F34',
    source: 'HumanSignal/label-studio#1960',
    title: 'An export with one task per line gives its annotations',
    config: 'one.xml',
    file: 'q-lines-full.jsonl',
    verify: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 tone=Positive', '1002 tone=Positive', '1003 tone=Positive'],
      }),
  },
  {
    id: 'F86',
    source: 'doccano/doccano#150, #681; PaddleNLP#4681',
    title: 'IDs of doccano are never used as task IDs',
    config: 'one.xml',
    file: 'doccano-cls.jsonl',
    verify: isRefused('match tasks by their text'),
  },
  {
    id: 'F88',
    source: 'inception-project/inception#3722; kororo/excelcy#5',
    title: 'Prodigy is recognised, and asks for task matching',
    config: 'ner.xml',
    file: 'prodigy-ner.jsonl',
    verify: isRefused('Prodigy files name texts', 'match tasks by their text'),
  },
  {
    id: 'F89',
    source: 'HumanSignal/label-studio#2806; cvat-ai/cvat#6304',
    title: 'COCO is recognised, and asks for task matching',
    config: 'box.xml',
    file: 'coco.json',
    verify: isRefused('COCO files name images', 'match tasks by file name'),
  },
  {
    id: 'F90',
    source: 'HumanSignal/label-studio#8966, #3635',
    title: 'YOLO without class names names what is missing',
    config: 'box.xml',
    file: 'yolo.txt',
    verify: isRefused('This is a YOLO label file', 'classes.txt'),
  },
  {
    id: 'F91',
    source: 'cvat-ai/cvat#4433, #9307; HumanSignal/label-studio#5415',
    title: 'Rows with file names are matched by a field of the tasks’ data',
    config: 'one.xml',
    file: 't-filename.csv',
    verify: (found) => {
      expect(found.codes).toContain('error task-column-missing');
      const [a, b] = ['s3://bucket/2026/a.jpg', '/data/upload/3/9c3686ca-b.jpg'];
      const matched = found.matched({ id: 71, data: { image: a } }, { id: 72, data: { image: b } });
      expect(matched.answers).toEqual(['71 tone=Positive', '72 tone=Negative']);
      expect(matched.codes).toEqual([]);
      const without = found.matched({ id: 71, data: { image: a } });
      expect(without.codes).toEqual(['error task-not-found']);
      expect(without.problems).toMatchObject([{ line: 3, column: 1 }]);
    },
  },
];

describe('inputs from public threads', () => {
  it.each(cases)('$id: $title ($source)', async ({ config, file, verify }) => {
    expect.hasAssertions();
    verify(await read(config, file));
  });
});
