import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { completeRequest } from './complete-request.ts';

/** The completions at the bar. `asked`: requested by key instead of by typing. */
function offered(text: string, { asked = false, isParsed = true } = {}) {
  const pos = text.indexOf('|');
  const created = EditorState.create({ doc: text.replace('|', ''), extensions: isParsed ? [json()] : [] });
  // The editor parses for 20 ms at first, which is too short on a busy machine.
  ensureSyntaxTree(created, created.doc.length, 60_000);
  const { state } = created.update({});
  const result = completeRequest(new CompletionContext(state, pos, asked));
  return result?.options.map(({ label }) => label) ?? [];
}

test.each([
  ['the only request', '{"|}'],
  ['a request in a list', '[{"tasks": [1]}, {"|}]'],
  ['after another field', '{"tasks": [1], "|"}'],
  ['on a separate line', '{\n  "tasks": [1],\n  "re|\n}'],
  ['without a quote yet', '{"tasks": [1], re|}'],
])('names of fields: %s', (_, text) => {
  expect(offered(text)).toContain('"result"');
});

test('suggests all 18 in form order in an empty request', () => {
  const names = offered('{|}', { asked: true });
  expect(names).toHaveLength(18);
  expect(names.slice(0, 2)).toEqual(['"tasks"', '"selected_items"']);
});

test('suggests the name being typed, but no existing one', () => {
  expect(offered('{"tasks": [1], "ta|"}')).not.toContain('"tasks"');
  expect(offered('{"ta|": [1]}')).toContain('"tasks"');
});

test('suggests names for the surrounding request in a text too large to parse', () => {
  const lines = Array.from(
    { length: 5000 },
    (_, task) => `{"task": ${task}, "result": [{"type": "choices"}]}`,
  );
  lines[3000] = '{"task": 7, "|"}';
  const text = `[\n${lines.join(',\n')}\n]`;
  expect(offered(text, { isParsed: false })).toContain('"result"');
  expect(offered(text, { isParsed: false })).not.toContain('"task"');
  expect(offered(text.replace('"task": 7, "|"', '"result": [{"|"}]'), { isParsed: false })).toEqual([]);
});

test.each([
  ['inside a region', '{"result": [{"|}]}'],
  ['inside a value of a region', '{"result": [{"value": {"|}}]}'],
  ['inside a selection', '{"selected_items": {"|}}'],
  ['in a list of tasks', '{"tasks": [|]}'],
  ['outside', '[|]'],
  ['unasked, behind a comma', '{"tasks": [1],|}'],
])('nothing %s', (_, text) => {
  expect(offered(text)).toEqual([]);
});

test('suggests values of fields with few possible ones', () => {
  expect(offered('{"last_action": |}')).toHaveLength(11);
  expect(offered('{"last_action": "acc|"}')).toContain('"accepted"');
  expect(offered('{"ground_truth": |}')).toEqual(['true', 'false']);
  expect(offered('{"bulk_created": t|}')).toContain('null');
  expect(offered('{"selected_items": |}')).toContain('{"all": false, "included": []}');
  expect(offered('{"lead_time": |}')).toEqual([]);
});
