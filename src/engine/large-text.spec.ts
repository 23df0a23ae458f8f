import { expect, it } from 'vitest';
import { maxShownWhole } from './bench.ts';
import type { LargeText, TextOnScreen } from './engine.ts';
import { engineOver } from './spec-driver.ts';

const open = () => engineOver(async () => new Response(), 'http://sheaf.example/').engine;

const row = (number: number) => `${number},Positive,schön\n`;
const table = `task,mood,remark\n${Array.from({ length: 250_000 }, (_, index) => row(index + 1)).join('')}`;

function large(text: TextOnScreen | undefined): LargeText {
  if (text?.size !== 'large') throw new Error('It is no large text.');
  return text;
}

async function opened(text = table) {
  const engine = open();
  const file = await engine.openFile(new Blob([text]));
  if (!file.ok) throw new Error(file.message);
  return { engine, text: large(file.text) };
}

async function put(engine: ReturnType<typeof open>, place: { from: number; to: number }, words: string) {
  await engine.hold(words);
  return engine.putHeld(place);
}

const asFile = async (engine: ReturnType<typeof open>) => (await engine.textAsFile()).text();

it('of a large text only what is in sight is told, and any other part where it is asked for', async () => {
  const { engine, text } = await opened();
  expect(table.length).toBeGreaterThan(maxShownWhole);
  expect(text).toMatchObject({
    length: table.length,
    firstLine: 'task,mood,remark',
    namesProject: false,
    part: { from: 0, firstLine: 1 },
  });
  expect(text.part.text.length).toBeLessThan(1_000_000);

  const place = await engine.placeOfLine(200_001);
  expect(table.slice(place, place + 6)).toBe('200000');
  const { part } = await engine.part({ at: 'around', place });
  expect(part.text).toBe(table.slice(part.from, part.to));
  expect(await engine.check({ edition: text.edition, typed: 0 })).toMatchObject({
    shape: 'table',
    rows: 250_000,
  });
});

it('what is typed goes into the text that it was typed into, and into no other', async () => {
  const { engine, text } = await opened();
  const { edition } = text;
  const at = table.indexOf('240000,');
  await engine.type({
    edition,
    typed: 0,
    edits: [
      { from: at, to: at, put: 'x' },
      { from: 0, to: 4, put: 'tasks' },
    ],
  });
  await engine.type({ edition, typed: 1, edits: [{ from: at + 1, to: at + 2, put: 'ö' }] });
  const typed = `tasks${table.slice(4, at)}ö${table.slice(at)}`;
  expect((await asFile(engine)) === typed).toBe(true);

  // Told once more, or of an edition that is gone, it comes too late; the screen hears what there is instead.
  await engine.type({ edition, typed: 1, edits: [{ from: 0, to: 5, put: '' }] });
  await engine.type({ edition: edition - 1, typed: 0, edits: [{ from: 0, to: 5, put: '' }] });
  expect((await asFile(engine)) === typed).toBe(true);
  expect((await engine.check({ edition, typed: 2 })).text).toBeUndefined();
  expect((await engine.check({ edition, typed: 3 })).text).toMatchObject({ edition, typed: 2 });
});

it('a text that has grown large is told in parts from then on, and one that became small as a whole', async () => {
  const engine = open();
  const verdict = await engine.check(table);
  const { edition } = large(verdict.text);
  await engine.type({ edition, typed: 0, edits: [{ from: 30, to: table.length, put: '' }] });
  const { text } = await engine.check({ edition, typed: 1 });
  expect(text).toEqual({ size: 'small', text: table.slice(0, 30) });
  expect((await engine.check(table.slice(0, 30))).text).toBeUndefined();
});

it('what another text took the place of can be had back', async () => {
  const { engine, text } = await opened();
  await engine.type({ edition: text.edition, typed: 0, edits: [{ from: 0, to: 4, put: 'tasks' }] });
  const before = { edition: text.edition, typed: 1 };
  const after = large(await put(engine, { from: 0, to: 5 }, 'id'));
  expect(after.firstLine).toBe('id,mood,remark');
  expect(await engine.bringBack(before)).toMatchObject({ ...before, firstLine: 'tasks,mood,remark' });
  expect(await engine.bringBack({ edition: after.edition, typed: 0 })).toMatchObject({
    firstLine: after.firstLine,
  });

  await engine.check('');
  expect(await engine.bringBack(before)).toMatchObject(before);
  expect(await engine.bringBack({ edition: 99, typed: 0 })).toBeUndefined();
});

it('what is taken back by the change itself is not kept besides', async () => {
  const { engine, text } = await opened();
  await engine.edit([{ from: 0, to: 4, put: 'tasks' }]);
  expect(await engine.bringBack({ edition: text.edition, typed: 0 })).toBeUndefined();
});

it('another engine goes on with the texts, and nothing of them stays', async () => {
  const { engine, text } = await opened();
  const next = large(await put(engine, { from: 0, to: 4 }, 'id'));
  const other = open();
  await other.takeOver(await engine.handOver());
  expect(await asFile(engine)).toBe('');
  const { edition } = next;
  await other.type({ edition, typed: 0, edits: [{ from: 0, to: 2, put: 'key' }] });
  expect((await other.check({ edition, typed: 1 })).text).toBeUndefined();
  expect(await other.bringBack({ edition: text.edition, typed: 0 })).toMatchObject({
    firstLine: 'task,mood,remark',
  });
  // What is made of it next is none of the texts that there were.
  const made = large(await other.edit([{ from: 0, to: 4, put: 'x' }]));
  expect(made.edition).toBeGreaterThan(edition);
});

it('a text comes back from its file as it was, half a character included', async () => {
  const engine = open();
  const broken = `${table}\ud83d`;
  await engine.check(broken);
  const other = open();
  large(await other.takeBack(await engine.textAsFile()));
  const { part } = await other.part({ at: 'from', place: broken.length });
  expect(part.text.at(-1)).toBe('\ud83d');

  const gone = new Blob(['a']);
  gone.arrayBuffer = () => Promise.reject(new DOMException('Gone', 'NotReadableError'));
  expect(await other.takeBack(gone)).toBeUndefined();
});

it('a long text comes in slices, wherever they are cut, and the part behind it is shown', async () => {
  const engine = open();
  await engine.check('[]');
  const words = `${table}😀\r`;
  const cut = words.length - 2;
  await engine.hold(words.slice(0, cut));
  await engine.hold(words.slice(cut));
  const { length, part } = large(await engine.putHeld({ from: 1, to: 1 }));
  expect(length).toBe(words.length + 2);
  expect(part).toMatchObject({ to: length, cursor: length - 1 });
  expect(part.text.slice(-5)).toBe('\n😀\n]');
  // Nothing of it is held any more.
  await engine.hold('x');
  expect(await engine.putHeld({ from: 0, to: length })).toEqual({ size: 'small', text: 'x' });
});
