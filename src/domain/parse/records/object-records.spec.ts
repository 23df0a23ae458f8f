import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf as configWith } from '#config/spec-config.ts';
import { isId } from '#wire/bulk-request.ts';
import { isJsonObject } from '#wire/json/json.ts';
import { check } from '#domain/check.ts';
import { SourceText } from '#domain/text/source-text.ts';

/* Similar objects that differ in their task: only a few of them are parsed. */

const config = configWith(
  '<Text name="t" value="$t"/>',
  '<Choices name="mood" toName="t" required="true"><Choice value="Good"/><Choice value="Bad"/></Choices>',
);
const configOf = () => ({ config, isForBulk: false });
const choice = {
  format: 'records',
  columns: { id: 'task', mood: 'control:mood', note: 'nothing', lead_time: 'field:lead_time' },
} as const;
const checked = (text: string) => check(SourceText.of(text), configOf, choice);

const ids = [
  (id: number) => `${id}`,
  (id: number) => `"${id}"`,
  (id: number) => `" ${id}"`,
  (id: number) => `"\\u003${id % 10}"`,
  (id: number) => `"0${id}"`,
  (id: number) => `${id}.0`,
  (id: number) => `${id}${'0'.repeat(17)}`,
  (id: number) => `-${id}`,
  () => 'null',
  () => '0',
];
const shapes = [
  (id: string) => `{"id": ${id}, "mood": "Good"}`,
  (id: string) => `{"id":${id},"mood":"Bad"}`,
  (id: string) => `{"mood": "Good", "id": ${id}}`,
  (id: string) => `{"id": ${id}, "mood": "Goood", "note": {"id": 7, "more": [${id}]}}`,
  (id: string) => `{"id": ${id}, "mood": ["Good", "Bad"], "lead_time": -1}`,
  (id: string) => `{"id": ${id}, "mood": "Good", "lead_time": 1.50}`,
  (id: string) => `{"id": ${id}, "id": ${id}, "mood": "Good"}`,
  (id: string) => `{"id": ${id}, "note": "\\ud83d"}`,
  () => '{"mood": "Good"}',
  () => '{}',
  (id: string) => id,
];
/** Comes first, so that every key exists. */
const head = '{"id": 9, "mood": "Good", "note": null, "lead_time": 1}';
const batch = fc.array(fc.tuple(fc.constantFrom(...shapes), fc.constantFrom(...ids)), {
  minLength: 1,
  maxLength: 40,
});

describe('similar objects', () => {
  it.each(['list', 'lines'])('are read in a %s like each one alone', (as) => {
    fc.assert(
      fc.property(batch, (asked) => {
        const more = as === 'list' ? asked : asked.filter(([shape]) => shape('').startsWith('{'));
        const objects = more.map(([shape, id], index) => shape(id(index + 11)));
        fc.pre(objects.length > 0);
        const all = [head, ...objects];
        const text = as === 'list' ? `[${all.join(',\n')}]` : all.join('\n');
        const { parsed, findings } = checked(text);
        expect(parsed.format).toBe('records');
        const { entries, layout } = parsed;
        for (const [index, object] of objects.entries()) {
          const entry = index + 1;
          const alone = checked(`[${head}, ${object}]`);
          const request = entries.at(entry);
          expect(request).toEqual(alone.parsed.entries.at(1));
          expect(findings.entryErrors.at(entry)).toBe(alone.findings.entryErrors.at(1));
          const task = isJsonObject(request) ? request['task'] : undefined;
          const known = entries.tasks[entry]!;
          expect(known === 0 || known > Number.MAX_SAFE_INTEGER || known === task).toBe(true);
          // An object with a cached notation has a cached ID.
          if (entries.firsts[entries.templates[entry]!] !== entry) expect(isId(task) ? known : 1).not.toBe(0);
          const [span] = layout.spans([{ entry, path: [] }]);
          expect(text.slice(span!.from, span!.to)).toBe(object);
        }
      }),
      { seed: 20_261_128, numRuns: 200 },
    );
  });

  it('have one kind', () => {
    const rows = Array.from({ length: 500 }, (_, row) => shapes[row % 2]!(String(row + 1)));
    const { entries } = checked(`[${rows.join(',')}]`).parsed;
    expect(Array.from(entries.firsts)).toEqual([0]);
    expect(entries.taskAt(499)).toBe(500);
  });

  it.each(['\n', '\r\n', '\r'])('have problems on the right line, with %j as line end', (end) => {
    const rows = Array.from({ length: 300 }, (_, row) => {
      const mood = row % 50 === 49 ? 'Goood' : 'Good';
      const members = [`"task": ${row + 1}`, `"mood": "${mood}"`, `"extra": [1,${end}2]`];
      if (row % 70 === 0) members.push('"\\u0061": [', '1]');
      return `{${end}${members.join(`,${end}`)}}`;
    });
    const text = `[${end}${rows.join(`,${end}${end}`).replaceAll('[,', '[')}]`;
    const { checked } = check(SourceText.of(text), configOf);
    const found = checked.problems.filter(({ code }) => code === 'choice-unknown');
    const lineOf = (at: number) => text.slice(0, at).split(end).length;
    expect(found.map(({ line }) => line)).toEqual(found.map(({ from }) => lineOf(from)));
    expect(found).toHaveLength(6);
  });

  it('are read again if a later key has the tasks', () => {
    const rows = Array.from({ length: 40 }, (_, row) =>
      row < 25
        ? `{"id": ${row + 1}, "mood": "Good"}`
        : `{"id": ${row + 1}, "mood": "Good", "task": ${row + 100}}`,
    );
    const { parsed } = check(SourceText.of(`[${rows.join(',')}]`), configOf);
    expect(parsed.reading?.columns.map(({ name, target }) => [name, target])).toEqual([
      ['id', 'nothing'],
      ['mood', 'control:mood'],
      ['task', 'task'],
    ]);
    const { entries } = parsed;
    expect([entries.taskAt(30), entries.tasks[30], entries.tasks[1]]).toEqual([130, 130, 0]);
  });
});
