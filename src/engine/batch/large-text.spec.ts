import { expect, it } from 'vitest';
import { maxShownWhole } from '#domain/text/text-window.ts';
import type { StepTaken, TextOnScreen } from './batch-text.ts';
import { checkText, engineOver } from '#engine/spec-driver.ts';

const open = () => engineOver(async () => new Response(), 'http://sheaf.example/').engine;

const row = (number: number) => `${number},Positive,schön\n`;
const table = `task,mood,remark\n${Array.from({ length: 250_000 }, (_, index) => row(index + 1)).join('')}`;

function large(text: TextOnScreen | undefined): TextOnScreen {
  if (!text || text.part.text.length === text.length) throw new Error('The text isn’t large.');
  return text;
}

async function opened(text = table) {
  const engine = open();
  const file = await engine.batch.openFiles([new File([text], 'batch.txt')]);
  if (!file.ok) throw new Error(JSON.stringify(file));
  return { engine, text: large(file.text) };
}

async function put(engine: ReturnType<typeof open>, place: { from: number; to: number }, words: string) {
  await engine.batch.appendToBuffer(words);
  return inserted(engine, place);
}

async function inserted(engine: ReturnType<typeof open>, place: { from: number; to: number }) {
  const put = await engine.batch.insertBuffer(place);
  if (!put.ok) throw new Error(put.message);
  return put.text;
}

const unopened = { edition: 0, typed: 0 };
const typing = { at: 0, joins: false };

const asFile = async (engine: ReturnType<typeof open>) => (await engine.batch.textAsFile()).text();

it('shows only the visible part of a large text, and other parts on request', async () => {
  const { engine, text } = await opened();
  expect(table.length).toBeGreaterThan(maxShownWhole);
  expect(text).toMatchObject({
    length: table.length,
    firstLine: 'task,mood,remark',
    namesProject: false,
    part: { from: 0, firstLine: 1 },
  });
  expect(text.part.text.length).toBeLessThan(1_000_000);

  const place = await engine.batch.placeOfLine(200_001);
  expect(table.slice(place, place + 6)).toBe('200000');
  const { part } = await engine.batch.textPart({ at: 'around', place });
  expect(part.text).toBe(table.slice(part.from, part.to));
  expect(await engine.batch.check({ edition: text.edition, typed: 0 })).toMatchObject({
    format: 'table',
    rows: 250_000,
  });
});

it('applies typed changes only to the version they were typed into', async () => {
  const { engine, text } = await opened();
  const { edition } = text;
  const at = table.indexOf('240000,');
  await engine.batch.type({
    typing,
    edition,
    typed: 0,
    edits: [
      { from: at, to: at, put: 'x' },
      { from: 0, to: 4, put: 'tasks' },
    ],
  });
  await engine.batch.type({ typing, edition, typed: 1, edits: [{ from: at + 1, to: at + 2, put: 'ö' }] });
  const typed = `tasks${table.slice(4, at)}ö${table.slice(at)}`;
  expect((await asFile(engine)) === typed).toBe(true);

  // Repeated or outdated changes are ignored, and the next check gives the screen the current text.
  await engine.batch.type({ typing, edition, typed: 1, edits: [{ from: 0, to: 5, put: '' }] });
  await engine.batch.type({
    typing,
    edition: edition - 1,
    typed: 0,
    edits: [{ from: 0, to: 5, put: '' }],
  });
  expect((await asFile(engine)) === typed).toBe(true);
  expect((await engine.batch.check({ edition, typed: 2 })).text).toBeUndefined();
  expect((await engine.batch.check({ edition, typed: 3 })).text).toMatchObject({ edition, typed: 2 });
});

it('shows a text in parts once typing has made it large, and whole once it is small again', async () => {
  const engine = open();
  const { edition } = await engine.batch.replaceText('x');
  await engine.batch.type({ typing, edition, typed: 0, edits: [{ from: 0, to: 1, put: table }] });
  const { part } = large((await engine.batch.check({ edition, typed: 1 })).text);
  expect(part).toMatchObject({ to: table.length, cursor: table.length });
  expect((await engine.batch.check({ edition, typed: 1 })).text).toBeUndefined();
  await engine.batch.type({
    typing,
    edition,
    typed: 1,
    edits: [{ from: 30, to: table.length, put: '' }],
  });
  const { text } = await engine.batch.check({ edition, typed: 2 });
  expect(text).toMatchObject({ edition, length: 30, part: { text: table.slice(0, 30), from: 0, to: 30 } });
  expect((await engine.batch.check({ edition, typed: 2 })).text).toBeUndefined();
});

it('undoes and redoes replacing a large text by a small one', async () => {
  const { engine, text } = await opened();
  await engine.batch.type({
    typing,
    edition: text.edition,
    typed: 0,
    edits: [{ from: 0, to: 4, put: 'tasks' }],
  });
  const after = large(await put(engine, { from: 0, to: 5 }, 'id'));
  expect(after.firstLine).toBe('id,mood,remark');
  expect(await engine.batch.undo()).toMatchObject({ text: { firstLine: 'tasks,mood,remark' } });
  expect(await engine.batch.redo()).toMatchObject({ text: { firstLine: 'id,mood,remark' } });

  await engine.batch.replaceText('');
  expect(await engine.batch.undo()).toMatchObject({ text: { firstLine: 'id,mood,remark' } });
  expect((await asFile(engine)) === `id${table.slice(4)}`).toBe(true);
});

it('undoes and redoes what is typed, wherever the window is', async () => {
  const { engine, text } = await opened();
  const at = table.indexOf('200000,');
  const type = (typed: number, from: number, put: string, ms: number) =>
    engine.batch.type({
      edition: text.edition,
      typed,
      edits: [{ from, to: from, put }],
      typing: { at: ms, joins: true },
    });
  await type(0, at, 'a', 0);
  await type(1, at + 1, 'b', 100);
  await type(2, 0, 'c', 200);
  const shown = (step: StepTaken | undefined) => {
    const { from, text: words, cursor = NaN } = step!.text.part;
    return [cursor, words.slice(cursor - from, cursor - from + 7)];
  };
  expect(shown(await engine.batch.undo())).toEqual([0, 'task,mo']);
  expect(shown(await engine.batch.undo())).toEqual([at, '200000,']);
  expect((await asFile(engine)) === table).toBe(true);
  const redone = await engine.batch.redo();
  expect(shown(redone)).toEqual([at + 2, '200000,']);
  expect(redone?.text.replaced).toMatchObject({ from: at, to: at, length: 2 });
  expect(await engine.batch.redo()).toMatchObject({ text: { firstLine: 'ctask,mood,remark' } });
});

it('makes no step of a draft, and opens none over another text', async () => {
  const { engine, text } = await opened();
  const file = await engine.batch.textAsFile();
  await engine.batch.undo();
  expect(await engine.batch.openDraft(file, text)).toMatchObject({ length: 0 });
  const { edition, typed } = (await engine.batch.check(text)).text!;
  expect(await engine.batch.openDraft(file, { edition, typed })).toMatchObject({ length: table.length });
  expect(await engine.batch.undo()).toBeUndefined();
});

it('moves the text and its history to another engine', async () => {
  const { engine } = await opened();
  const next = large(await put(engine, { from: 0, to: 4 }, 'id'));
  const other = open();
  await other.batch.importText((await engine.batch.exportText())!);
  expect(await asFile(engine)).toBe('');
  expect((await other.batch.check({ edition: next.edition, typed: 0 })).text).toBeUndefined();
  expect(await other.batch.undo()).toMatchObject({ text: { firstLine: 'task,mood,remark' } });
  const { edition } = large((await other.batch.redo())?.text);
  await other.batch.type({ typing, edition, typed: 0, edits: [{ from: 0, to: 2, put: 'key' }] });
  expect((await other.batch.check({ edition, typed: 1 })).text).toBeUndefined();
});

it('undoes the settings of a new text with the text', async () => {
  const engine = open();
  const columns = { mood: 'nothing' } as const;
  await checkText(engine, 'task,mood\n1,good\n');
  await engine.batch.changeImportSettings({ delimiter: ',', columns });
  await checkText(engine, 'task,mood\n1,good\n');
  await engine.batch.replaceText('[]');
  await engine.batch.setImportSettings({ columns });
  await checkText(engine, '[]');
  expect(await engine.batch.undo()).toMatchObject({ settings: { delimiter: ',', columns } });
  expect(await engine.batch.undo()).toMatchObject({ settings: {} });
});

it('reopens a text from its own file unchanged, including a lone surrogate', async () => {
  const engine = open();
  const broken = `${table}\ud83d`;
  await checkText(engine, broken);
  const other = open();
  large(await other.batch.openDraft(await engine.batch.textAsFile(), unopened));
  const { part } = await other.batch.textPart({ at: 'from', place: broken.length });
  expect(part.text.at(-1)).toBe('\ud83d');

  const gone = new Blob(['a']);
  gone.arrayBuffer = () => Promise.reject(new DOMException('Gone', 'NotReadableError'));
  expect(await other.batch.openDraft(gone, unopened)).toBeUndefined();
});

it('inserts a long paste in slices and shows the part after it', async () => {
  const engine = open();
  await checkText(engine, '[]');
  const words = `${table}😀\r`;
  const cut = words.length - 2;
  await engine.batch.appendToBuffer(words.slice(0, cut));
  await engine.batch.appendToBuffer(words.slice(cut));
  const { length, part } = large(await inserted(engine, { from: 1, to: 1 }));
  expect(length).toBe(words.length + 2);
  expect(part).toMatchObject({ to: length, cursor: length - 1 });
  expect(part.text.slice(-5)).toBe('\n😀\n]');
  // The buffer is empty now.
  await engine.batch.appendToBuffer('x');
  expect(await inserted(engine, { from: 0, to: length })).toMatchObject({
    part: { text: 'x', from: 0, to: 1 },
  });
});

it('refuses a paste that makes the text too large, and accepts the next one', async () => {
  const { engine } = await opened();
  const slice = 'x'.repeat(1_000_000);
  const refused = { ok: false, message: 'The text would be more than 500 MB. Split it.' };
  for (let slices = 0; slices < 501; slices += 1) await engine.batch.appendToBuffer(slice);
  expect(await engine.batch.insertBuffer({ from: 0, to: 0 })).toEqual(refused);
  expect(await asFile(engine)).toBe(table);
  for (let slices = 0; slices < 498; slices += 1) await engine.batch.appendToBuffer(slice);
  expect(await engine.batch.insertBuffer({ from: 0, to: 0 })).toEqual(refused);
  expect(large(await put(engine, { from: 0, to: 0 }, slice)).length).toBe(table.length + slice.length);
});
