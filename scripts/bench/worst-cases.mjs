import { readConfig } from '../../src/config/read/read-config.ts';
import { check } from '../../src/domain/check.ts';
import { detectFormat } from '../../src/domain/parse/detect-format.ts';
import { offerRepair } from '../../src/domain/text/repair.ts';
import { SourceText } from '../../src/domain/text/source-text.ts';
import { expectSame } from './timing.mjs';

/**
 * A slow input, compared with what the platform needs for the same text, or Sheaf for a simple one.
 * @typedef {object} WorstCase
 * @property {string} name
 * @property {number} goal
 * @property {string} of description of the input
 * @property {() => { work: () => void, baseline: () => void }} prepare
 */

/** @type {WorstCase[]} */
export const worstCases = [
  {
    name: 'Worst case: a config of opened comments',
    goal: 40,
    of: '500,000 times “<!--”, 2 MB, against JSON.parse of the same text as a string',
    prepare() {
      const xml = '<!--'.repeat(500_000);
      const json = JSON.stringify(xml);
      return {
        work: () => expectSame('config', readConfig(xml).ok, false),
        baseline: () => expectSame('text', JSON.parse(json).length, xml.length),
      };
    },
  },
  {
    name: 'Worst case: format of lines of 30 MB',
    goal: 35,
    of: 'three texts with lines of 30 MB, against JSON.parse of one such line',
    prepare() {
      const line = `{"task": 1, "note": "${'x'.repeat(30_000_000)}"}\n`;
      const texts = [line + line, `[${line}`, ' '.repeat(10_000) + line].map((text) => SourceText.of(text));
      return {
        work: () =>
          expectSame(
            'formats',
            texts.map((text) => detectFormat(text)).join(),
            'json-lines,requests,requests',
          ),
        baseline: () => expectSame('task', JSON.parse(line).task, 1),
      };
    },
  },
  {
    name: 'Worst case: repair of 20 MB',
    goal: 16,
    of: 'JSON in the style of Python, against JSON.parse of the repaired text',
    prepare() {
      const row = `{'task': 123456, 'ok': True, 'note': None, 'result': [{'value': {'choices': ['it\\'s',],},},],},\n`;
      const text = `[${row.repeat(20_000_000 / row.length)}]`;
      const repaired = offerRepair(text, 50)?.text ?? '';
      return {
        work: () => expectSame('changes listed', offerRepair(text, 50)?.changes.length, 50),
        baseline: () =>
          expectSame('requests', JSON.parse(repaired).length, Math.floor(20_000_000 / row.length)),
      };
    },
  },
  {
    name: 'Worst case: 100,000 wrong task ids',
    goal: 120,
    of: 'one request, every task id wrong, against the check of as many right ones',
    prepare() {
      const textOf = (/** @type {(id: number) => unknown} */ write) =>
        SourceText.of(JSON.stringify([{ tasks: Array.from({ length: 100_000 }, (_, id) => write(id + 1)) }]));
      const wrong = textOf((id) => (id % 2 === 0 ? String(id) : -id));
      const right = textOf((id) => id);
      return {
        work: () => expectSame('errors', check(wrong).checked.errors, 100_000),
        baseline: () => expectSame('errors', check(right).checked.errors, 0),
      };
    },
  },
];
