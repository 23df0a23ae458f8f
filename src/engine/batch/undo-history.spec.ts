import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { SourceText } from '#domain/text/source-text.ts';
import {
  maxSteps,
  pauseMs,
  typingPauseMs,
  UndoHistory,
  type BatchState,
  type StepPlace,
} from './undo-history.ts';

const byTab: ImportSettings = { delimiter: '\t' };

const stateOf = (words: string, settings: ImportSettings = {}): BatchState => ({
  source: SourceText.of(words),
  settings,
});

/** A batch that records what changes it. */
function batchWith(words: string, maxBytes = 1000) {
  const history = new UndoHistory(maxBytes);
  let now = stateOf(words);
  const take = (way: 'undo' | 'redo') => {
    const taken = history.take(now, way);
    if (taken) now = taken;
    return taken;
  };
  return {
    history,
    write(next: string, place?: StepPlace) {
      const after = { ...now, source: SourceText.of(next) };
      history.record(now, after, place);
      now = after;
    },
    read(settings: ImportSettings) {
      const after = { ...now, settings };
      history.record(now, after);
      now = after;
    },
    amend(settings: ImportSettings) {
      history.amend(settings);
      now = { ...now, settings };
    },
    /** A change that isn't a step. */
    becomes(next: Partial<BatchState>) {
      now = { ...now, ...next };
    },
    undo: () => take('undo'),
    redo: () => take('redo'),
    get words() {
      return String(now.source);
    },
    get settings() {
      return now.settings;
    },
    get next() {
      return history.next(now);
    },
  };
}

it('undoes changes one by one, and redoes them', () => {
  const batch = batchWith('a,b,c');
  batch.write('a,"x,y",c', { cell: { row: 0, column: 1 } });
  batch.read(byTab);
  batch.write('a,"x,y",');
  batch.undo();
  expect([batch.words, batch.settings]).toEqual(['a,"x,y",c', byTab]);
  batch.undo();
  expect([batch.words, batch.settings]).toEqual(['a,"x,y",c', {}]);
  expect(batch.undo()).toMatchObject({ cell: { row: 0, column: 1 } });
  expect([batch.words, batch.next.undo]).toEqual(['a,b,c', undefined]);
  batch.redo();
  batch.redo();
  batch.redo();
  expect([batch.words, batch.settings, batch.next.redo]).toEqual(['a,"x,y",', byTab, undefined]);
});

it('redoes nothing once something else was changed', () => {
  const batch = batchWith('a,b');
  batch.write('a,x');
  batch.undo();
  batch.write('y,b');
  expect(batch.next.redo).toBeUndefined();
});

it('undoes settings though the text was typed in, and the text though settings were changed elsewhere', () => {
  const batch = batchWith('a,b');
  batch.write('a,x');
  batch.read(byTab);
  batch.becomes({ source: SourceText.of('a,x ') });
  batch.undo();
  expect([batch.words, batch.settings, batch.next.undo]).toEqual(['a,x ', {}, undefined]);
  batch.redo();
  expect([batch.words, batch.settings]).toEqual(['a,x ', byTab]);

  const other = batchWith('a,b');
  other.write('a,x');
  other.read(byTab);
  other.becomes({ settings: {} });
  other.undo();
  expect([other.words, other.next.undo]).toEqual(['a,b', undefined]);
});

it('undoes a change of the text again once what was typed after it is gone', () => {
  const batch = batchWith('a,b');
  batch.write('a,x');
  batch.becomes({ source: SourceText.of('a,xy') });
  expect(batch.next.undo).toBeUndefined();
  batch.becomes({ source: SourceText.of('a,x') });
  batch.undo();
  expect(batch.words).toBe('a,b');
});

it('undoes the settings that came with a new text together with it', () => {
  const batch = batchWith('1,a');
  batch.write('x,a');
  batch.amend(byTab);
  batch.undo();
  expect([batch.words, batch.settings]).toEqual(['1,a', {}]);
  batch.redo();
  expect([batch.words, batch.settings]).toEqual(['x,a', byTab]);
});

it('makes one step of what is typed in a form without a pause, at one place', () => {
  const batch = batchWith('a ""');
  const type = (words: string, at: number, entry = 0) => batch.write(words, { form: { entry, at } });
  type('a "x"', 0);
  type('a "xy"', pauseMs);
  type('a "xyz"', 2 * pauseMs + 1);
  type('b "xyz"', 2 * pauseMs + 2);
  type('bc "xyz"', 2 * pauseMs + 3, 1);
  const seen: string[] = [];
  while (batch.undo()) seen.push(batch.words);
  expect(seen).toEqual(['b "xyz"', 'a "xyz"', 'a "xy"', 'a ""']);
});

it('makes one step of what is typed in the text without a pause, at one place, and one of each paste', () => {
  const batch = batchWith('ab');
  const type = (words: string, at: number, joins = true) => batch.write(words, { typed: { at, joins } });
  type('axb', 0);
  type('axyb', typingPauseMs);
  type('ab', typingPauseMs + 1);
  type('a!b', 2 * typingPauseMs + 2);
  type('a!b?', 2 * typingPauseMs + 3);
  type('a!b?[]', 2 * typingPauseMs + 4, false);
  type('a!b?[1]', 2 * typingPauseMs + 5);
  const seen: string[] = [];
  while (batch.undo()) seen.push(batch.words);
  expect(seen).toEqual(['a!b?[]', 'a!b?', 'a!b', 'ab', 'ab']);
});

it('doesn’t add to a step that was undone or redone', () => {
  const batch = batchWith('a');
  batch.write('ab', { typed: { at: 0, joins: true } });
  batch.write('abcd', { typed: { at: 1, joins: false } });
  batch.undo();
  batch.write('abx', { typed: { at: 2, joins: true } });
  batch.undo();
  expect(batch.words).toBe('ab');
  batch.redo();
  batch.write('abxy', { typed: { at: 3, joins: true } });
  batch.undo();
  expect(batch.words).toBe('abx');
});

it('undoes and redoes whatever was written, character by character', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '\ud83d'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 2, maxLength: 5 }),
      fc.constantFrom('form', 'typed', 'other'),
      ([first = '', ...more], where) => {
        const batch = batchWith(first);
        const places = {
          form: (at: number) => ({ form: { entry: 0, at } }),
          typed: (at: number) => ({ typed: { at, joins: true } }),
          other: () => ({}),
        };
        more.forEach((next, at) => batch.write(next, places[where](at)));
        const last = batch.words;
        while (batch.undo());
        expect(batch.words).toBe(String(SourceText.of(first)));
        while (batch.redo());
        expect(batch.words).toBe(last);
      },
    ),
  );
});

it('forgets the oldest steps, never the last one', () => {
  const batch = batchWith('');
  for (let step = 0; step < maxSteps + 5; step += 1) batch.write(`${step}`);
  let undone = 0;
  while (batch.undo()) undone += 1;
  expect(undone).toBe(maxSteps);

  const small = batchWith('a'.repeat(50), 10);
  small.write('b'.repeat(60));
  small.write('c'.repeat(70));
  small.undo();
  expect([small.words, small.next.undo]).toEqual(['b'.repeat(60), undefined]);
});

it('goes on in another engine, also after typing', () => {
  const batch = batchWith('a,b');
  batch.write('a,x');
  const typed = SourceText.of('a,xy');
  const other = new UndoHistory(1000);
  other.adopt(batch.history.release(typed), typed);
  expect(other.next({ source: typed, settings: {} }).undo).toBeUndefined();
  expect(String(other.take(stateOf('a,x'), 'undo')?.source)).toBe('a,b');
});
