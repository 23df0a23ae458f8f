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
import { decodeFile } from './text/decode-file.ts';
import type { SourceText } from './text/source-text.ts';

/*
 * Inputs with which people got stuck in public, rebuilt from the threads named here. Files and configs are in seeds/field-cases.
 */

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
    /** Each task with what its annotation says: `1001 tone=Positive`. */
    answers: valuesOf(parsed.entries).map(inWords),
    codes: checked.problems.map(({ severity, code }) => `${severity} ${code}`),
    messages: checked.problems.map(({ message }) => message),
    /** The same once the proposed way to find these tasks is accepted. */
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
    /** The same after the fixes for all of these kinds, one after the other. */
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
  /** The thread, or what it varies. */
  source: string;
  /** What is right, in words. */
  what: string;
  config: string;
  file: string;
  holds: (found: Outcome) => void;
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
    what: 'Of the columns ID and id, the one that is written as Label Studio does has the tasks',
    config: 'one.xml',
    file: 'ls-tsv-two-ids.tsv',
    holds: isTask('id'),
  },
  {
    id: 'F02',
    source: 'voxel51/fiftyone#1046',
    what: '“Task ID” has the tasks, the ID of the row has not',
    config: 'one.xml',
    file: 't-id-and-taskid.csv',
    holds: isTask('Task ID'),
  },
  {
    id: 'F03',
    source: 'Auxx-Ai/auxx-ai#1894',
    what: '“Task number” has the tasks, “No.” has not',
    config: 'one.xml',
    file: 't-no-tasknum.csv',
    holds: isTask('Task number'),
  },
  {
    id: 'F06',
    source: 'HumanSignal/label-studio#2859',
    what: 'Votes are never taken for task ids unasked',
    config: 'one.xml',
    file: 'u-votes.csv',
    holds: isRefused('Which column has the task IDs? It could be “votes”.'),
  },
  {
    id: 'F08',
    source: 'inner_id of the Data Manager',
    what: 'The number of a task within its project is not its id',
    config: 'one.xml',
    file: 'u-inner.csv',
    holds: isRefused('No column has task IDs.'),
  },
  {
    id: 'F09',
    source: 'annotation_id of an export',
    what: 'The id of an annotation is not that of its task',
    config: 'one.xml',
    file: 'u-annid.csv',
    holds: isTask('Label Studio task'),
  },
  {
    id: 'F12',
    source: 'doccano/doccano#17',
    what: 'A column for each label: how to write them is said, and nothing empty is made',
    config: 'multi.xml',
    file: 't-onehot.csv',
    holds: isRefused('are named like labels of “topic”', 'joined by |'),
  },
  {
    id: 'F14',
    source: 'HumanSignal/label-studio#2954',
    what: 'A column for Labels: that a cell can’t answer it is said, and what works',
    config: 'lab.xml',
    file: 'lab.csv',
    holds: isRefused('“sentiment” is a Labels control', 'Use a column “result” with JSON'),
  },
  {
    id: 'F18',
    source: 'topic1, topic2',
    what: 'A second column with labels of one control is named',
    config: 'multi.xml',
    file: 't-topic-1-2.csv',
    holds(found) {
      expect(found.columns).toMatchObject({ 'control:topic': 'topic1' });
      expect(found.messages.join()).toContain('Column “topic2” has labels of “topic”, but isn’t used');
    },
  },
  {
    id: 'F33',
    source: 'HumanSignal/label-studio#9709',
    what: 'An export with the ids of predictions gives its annotation',
    config: 'one.xml',
    file: 'preds-ids.json',
    holds: isValid,
  },
  {
    id: 'F36',
    source: 'empty lists in a CSV',
    what: 'Empty lists are no labels, and a table without labels is refused',
    config: 'one.xml',
    file: 'q-emptylist.csv',
    holds: isRefused('No column has labels'),
  },
  {
    id: 'F38',
    source: 'HumanSignal/label-studio#5794',
    what: 'Pixels are one error, and become percent at once by the size of the image',
    config: 'box.xml',
    file: 'box-pixels.json',
    holds(found) {
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
    what: 'Fractions are warned of, and become percent at once',
    config: 'box.xml',
    file: 'box-many-fraction.json',
    holds(found) {
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
    what: 'Percentages times 100 are refused',
    config: 'box.xml',
    file: 'box-x100.json',
    holds: isRefused('too large'),
  },
  {
    id: 'F44',
    source: 'HumanSignal/label-studio-sdk#234',
    what: 'A region with “values” is said to need “value”',
    config: 'box.xml',
    file: 'box-values-dict.json',
    holds: isRefused('This region has “values”, but Label Studio reads “value”.'),
  },
  {
    id: 'F45',
    source: 'HumanSignal/label-studio#5956, #5415, #8607',
    what: 'Wrong names are refused, and the right ones said',
    config: 'box.xml',
    file: 'box-wrong-names.json',
    holds: isRefused('no control named “bbox”. Accepted: “label”.'),
  },
  {
    id: 'F47',
    source: 'HumanSignal/label-studio#1601',
    what: 'A span without labels is refused',
    config: 'ner.xml',
    file: 'ner-nolabels.json',
    holds: isRefused('“labels” is missing'),
  },
  {
    id: 'F49',
    source: 'HumanSignal/label-studio#1008',
    what: 'A span after an emoji counts code points',
    config: 'ner.xml',
    file: 'ner-export-emoji.json',
    holds: isValid,
  },
  {
    id: 'F50',
    source: 'HumanSignal/label-studio#4988, #1347; doccano#2290; argilla#5729',
    what: 'Offsets in UTF-16 are named, and become code points at once',
    config: 'ner.xml',
    file: 'ner-export-emoji-utf16.json',
    holds(found) {
      expect(found).toMatchObject({ rows: 1, codes: ['warning span-counted-otherwise'] });
      expect(found.messages.join()).toContain('“annotation” goes from 12 to 22');
      expect(found.problems[0]).toMatchObject({ line: 15, fix: { value: { start: 12, end: 22 } } });
      expect(found.fixed('span-counted-otherwise').codes).toEqual([]);
    },
  },
  {
    id: 'F53',
    source: 'label-studio-converter#17, #95',
    what: 'A mask of pixel counts is refused',
    config: 'brush.xml',
    file: 'brush-counts.json',
    holds: isRefused('A mask can’t contain 199501'),
  },
  {
    id: 'F54',
    source: 'ryouchinsa/Rectlabel-support#285',
    what: 'A mask of COCO is refused',
    config: 'brush.xml',
    file: 'brush-coco.json',
    holds: isRefused('“rle” must be a list'),
  },
  {
    id: 'F55',
    source: 'HumanSignal/label-studio#3941, label-studio-sdk#120, #8674',
    what: 'value.textarea is refused, and value.text named',
    config: 'asr.xml',
    file: 'asr-textarea-key.json',
    holds: isRefused('“text” is missing', 'doesn’t use “textarea”'),
  },
  {
    id: 'F56',
    source: 'HumanSignal/label-studio#6122',
    what: 'ParagraphLabels with “labels” are refused, and the right key named',
    config: 'dialog.xml',
    file: 'par-labels-key.json',
    holds: isRefused('“paragraphlabels” is missing'),
  },
  {
    id: 'F57',
    source: 'HumanSignal/label-studio#3904',
    what: 'A video region without names and value is refused',
    config: 'video.xml',
    file: 'video-flat.json',
    holds: isRefused('“from_name” is missing', '“value” is missing'),
  },
  ...[
    ['F58', 'HumanSignal/label-studio#2843', 'ts', 'A span of a time series'],
    ['F59', 'HumanSignal/label-studio#323, #1191', 'rel', 'A relation'],
    ['F61', 'HumanSignal/label-studio#5025', 'rep', 'A region of a Repeater'],
    ['F62', 'HumanSignal/label-studio#5649, #4699', 'pair', 'A rating of two texts and their Pairwise'],
  ].map(([id, source, name, what]) => ({
    id: id!,
    source: source!,
    what: `${what!} is valid`,
    config: name === 'rel' ? 'ner.xml' : `${name!}.xml`,
    file: `${name!}-ok.json`,
    holds: isValid,
  })),
  {
    id: 'F63',
    source: 'HumanSignal/label-studio-sdk#405',
    what: 'Fields of a prediction are refused by name',
    config: 'one.xml',
    file: 'body-sdk.json',
    holds: isRefused('“model_version” isn’t a field', '“score” isn’t a field'),
  },
  {
    id: 'F65',
    source: 'calpaterson/csvbase#11, bojieli/ai-agent-book#360, label-studio-converter#109',
    what: 'Ids as pandas writes them become plain ones at once',
    config: 'one.xml',
    file: 't-float-ids.csv',
    holds(found) {
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
    what: 'The line sep=; isn’t a row, and names the delimiter',
    config: 'one.xml',
    file: 't-sep-line.csv',
    holds: (found) =>
      expect(found).toMatchObject({
        codes: ['info row-above-table'],
        answers: ['1001 tone=Positive', '1002 tone=Negative'],
      }),
  },
  {
    id: 'F71',
    source: 'a quote that opens in the first rows and never closes',
    what: 'The quote is named with its place',
    config: 'one.xml',
    file: 't-open-quote.csv',
    holds(found) {
      const open = found.problems.find(({ code }) => code === 'quote-not-closed');
      expect(open).toMatchObject({ severity: 'error', line: 2, column: 6 });
      expect(found.codes).not.toContain('error task-column-missing');
    },
  },
  {
    id: 'F70',
    source: 'OpenRefine/OpenRefine#690',
    what: 'A lone quote inside a cell is read unchanged, with a warning',
    config: 'one.xml',
    file: 't-midquote.csv',
    holds: (found) => expect(found).toMatchObject({ rows: 2, codes: ['warning quote-inside-cell'] }),
  },
  {
    id: 'F73',
    source: 'mholt/PapaParse#600',
    what: 'Commas in a header don’t hide its semicolons',
    config: 'one.xml',
    file: 't-header-commas-semi.csv',
    holds: (found) =>
      expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive', '1002 tone=Negative'] }),
  },
  {
    id: 'F75',
    source: 'mholt/PapaParse#1052',
    what: 'Quoted names with commas leave the columns what they are',
    config: 'one.xml',
    file: 't-quoted-head.csv',
    holds: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] }),
  },
  {
    id: 'F76',
    source: 'European spreadsheets',
    what: 'Decimal commas and divided thousands become plain numbers at once; a unit stays an error',
    config: 'multi.xml',
    file: 't-number.csv',
    holds(found) {
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
    what: 'Dates in other spellings are suggested, and where day and month may be swapped, both are offered',
    config: 'multi.xml',
    file: 't-dates.csv',
    holds(found) {
      const said = found.problems.map(({ line, fix }) => [line, fix?.value, fix?.or?.value]);
      expect(said).toEqual([
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
    what: 'Choices joined by commas are split at once',
    config: 'multi.xml',
    file: 't-multi-comma.csv',
    holds: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Praise, thanks'],
      }),
  },
  {
    id: 'F79',
    source: 'doccano/doccano#1865, #1821',
    what: 'A list of Python is read as a list',
    config: 'multi.xml',
    file: 't-multi-pylist.csv',
    holds: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Billing'],
      }),
  },
  {
    id: 'F80',
    source: 'OpnForm#864',
    what: 'A label that holds a comma is found by the labels themselves',
    config: 'multi.xml',
    file: 't-multi-google.csv',
    holds: (found) =>
      expect(found.fixed('choices-joined')).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Praise, thanks'],
      }),
  },
  {
    id: 'F81',
    source: 'pandas.DataFrame.to_csv of a column of lists',
    what: 'Python in a result column is named, and read as JSON on consent',
    config: 'one.xml',
    file: 't-pyresult.csv',
    holds(found) {
      expect(found.messages.join()).toContain('This is Python, not JSON: it has texts in single quotes');
      expect(found.fixed('result-almost-json')).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] });
    },
  },
  {
    id: 'F85',
    source: 'file names of macOS',
    what: 'A letter in two parts is the label that it looks like',
    config: 'nfc.xml',
    file: 't-nfd.csv',
    holds: (found) =>
      expect(found.fixed('choice-unknown')).toMatchObject({
        codes: [],
        answers: ['1001 tone=Café'.normalize('NFC')],
      }),
  },
  {
    id: 'F82',
    source: 'a compressed file on the command line',
    what: 'A gzipped table is read',
    config: 'one.xml',
    file: 'packed.csv.gz',
    holds: (found) => expect(found).toMatchObject({ rows: 2, codes: [] }),
  },
  {
    id: 'F10',
    source: 'margince/margince#2513',
    what: 'Boxes in a CSV export of Label Studio are read',
    config: 'box.xml',
    file: 'ls-csv-boxes.csv',
    holds: isValid,
  },
  {
    id: 'F11',
    source: 'HumanSignal/label-studio#1347, #2588',
    what: 'Spans in a CSV export are read',
    config: 'ner.xml',
    file: 'ls-csv-ner.csv',
    holds: isValid,
  },
  {
    id: 'F15',
    source: 'HumanSignal/label-studio#548, #5654, #7109',
    what: 'Predictions are never dropped silently',
    config: 'one.xml',
    file: 'preds.json',
    holds: isRefused('2 predictions, no annotations.'),
  },
  {
    id: 'F19',
    source: 'HumanSignal/label-studio-converter#59',
    what: 'Several choices as JSON in a cell of a CSV export are read',
    config: 'multi.xml',
    file: 'ls-csv-multi.csv',
    holds: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 topic=Billing + Delivery', '1002 topic=Praise, thanks'],
      }),
  },
  {
    id: 'F21',
    source: 'a TextArea in a CSV export',
    what: 'Two texts as JSON are two texts',
    config: 'multi.xml',
    file: 'ls-csv-note.csv',
    holds: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 note=one + two'] }),
  },
  {
    id: 'F22',
    source: 'HumanSignal/label-studio#1605',
    what: 'All answers of a JSON-MIN export are read',
    config: 'multi.xml',
    file: 'ls-min-all.json',
    holds: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 stars=4 pieces=3 day=2024-05-01 kind=Animal > Cat note=one + two tone=Positive'],
      }),
  },
  {
    id: 'F23',
    source: 'HumanSignal/label-studio#1605',
    what: 'Boxes of a JSON-MIN export are read',
    config: 'box.xml',
    file: 'ls-min-boxes.json',
    holds: isValid,
  },
  {
    id: 'F24',
    source: 'HumanSignal/label-studio#5601, #8838',
    what: 'An annotation of a target storage is for the task in it',
    config: 'box.xml',
    file: 'export-beyond-image.json',
    holds(found) {
      expect(found).toMatchObject({ rows: 1, codes: ['warning reaches-beyond-image'] });
      expect(found.answers[0]).toMatch(/^195 /);
    },
  },
  {
    id: 'F26',
    source: 'labelstud.io/guide/task_format',
    what: 'The documentation’s own example, one task, is read',
    config: 'box.xml',
    file: 'docs-task.json',
    holds: isValid,
  },
  {
    id: 'F28',
    source: 'HumanSignal/label-studio#548, #452',
    what: '“completions” of old versions are annotations',
    config: 'one.xml',
    file: 'completions.json',
    holds: (found) => expect(found).toMatchObject({ codes: [], answers: ['3 tone=Positive'] }),
  },
  {
    id: 'F29',
    source: 'HumanSignal/label-studio#889',
    what: 'Tasks without an id were never imported, which is said',
    config: 'one.xml',
    file: 'anns-noid.json',
    holds: isRefused('These tasks have no ID'),
  },
  {
    id: 'F30',
    source: 'GET /api/tasks/{id}/annotations/',
    what: 'Annotations of the API are read',
    config: 'one.xml',
    file: 'api-annotations.json',
    holds: (found) => expect(found).toMatchObject({ codes: [], answers: ['1001 tone=Positive'] }),
  },
  {
    id: 'F31',
    source: 'GET /api/tasks?fields=all',
    what: 'A page of tasks of the API is read as an export',
    config: 'one.xml',
    file: 't-tasks-wrapped.json',
    holds: (found) => expect(found).toMatchObject({ format: 'export', rows: 1, errors: 0 }),
  },
  {
    id: 'F34',
    source: 'HumanSignal/label-studio#1960',
    what: 'Tasks of an export, one a line, give their annotations',
    config: 'one.xml',
    file: 'q-lines-full.jsonl',
    holds: (found) =>
      expect(found).toMatchObject({
        codes: [],
        answers: ['1001 tone=Positive', '1002 tone=Positive', '1003 tone=Positive'],
      }),
  },
  {
    id: 'F86',
    source: 'doccano/doccano#150, #681; PaddleNLP#4681',
    what: 'The ids of doccano are never taken for those of tasks',
    config: 'one.xml',
    file: 'doccano-cls.jsonl',
    holds: isRefused('match tasks by their text'),
  },
  {
    id: 'F88',
    source: 'inception-project/inception#3722; kororo/excelcy#5',
    what: 'Prodigy is recognised, and its tasks are to be matched',
    config: 'ner.xml',
    file: 'prodigy-ner.jsonl',
    holds: isRefused('Prodigy files name texts', 'match tasks by their text'),
  },
  {
    id: 'F89',
    source: 'HumanSignal/label-studio#2806; cvat-ai/cvat#6304',
    what: 'COCO is recognised, and its tasks are to be matched',
    config: 'box.xml',
    file: 'coco.json',
    holds: isRefused('COCO files name images', 'match tasks by file name'),
  },
  {
    id: 'F90',
    source: 'HumanSignal/label-studio#8966, #3635',
    what: 'YOLO without class names says what is missing',
    config: 'box.xml',
    file: 'yolo.txt',
    holds: isRefused('This is a YOLO label file', 'classes.txt'),
  },
  {
    id: 'F91',
    source: 'cvat-ai/cvat#4433, #9307; HumanSignal/label-studio#5415',
    what: 'Rows that name files find their tasks by a field of the tasks’ data',
    config: 'one.xml',
    file: 't-filename.csv',
    holds: (found) => {
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
  it.each(cases)('$id: $what ($source)', async ({ config, file, holds }) => {
    expect.hasAssertions();
    holds(await read(config, file));
  });
});
