import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { isTail, joined, SourceText, type Bytes } from '#domain/text/source-text.ts';

/** What undo and redo restore: the batch's text and its import settings. */
export interface BatchState {
  source: SourceText;
  settings: ImportSettings;
}

/** Where a step was made, so that undo can lead there. */
export interface StepPlace {
  /** The cell of the grid that was changed. */
  cell?: { row: number; column: number };
  /** The request that the form wrote, and when: typing without a pause is one step. */
  form?: { entry: number; /** Milliseconds since 1970. */ at: number };
  /** What was typed in the text, and when: typing without a pause is one step. */
  typed?: Typing;
}

export interface Typing {
  /** Milliseconds since 1970. */
  at: number;
  /** True for characters typed one by one, which may belong to the step before; false for a paste. */
  joins: boolean;
}

/** Replaces the bytes from `from` up to `to`. */
interface Patch {
  from: number;
  to: number;
  put: Bytes;
}

/** Where two texts differ: the range in the first one, and how long it is in the second one. */
export interface Difference {
  from: number;
  to: number;
  length: number;
}

/** One step: what leads to the state on its other side. */
interface Step extends StepPlace {
  id: number;
  text?: Patch;
  settings?: ImportSettings;
}

export type Direction = 'undo' | 'redo';

/** The ids of the next steps; undefined if there is none. */
export interface NextSteps {
  undo: number | undefined;
  redo: number | undefined;
}

/** The state that a step leads to, and where its text differs from the one before. */
export interface StepToTake extends BatchState, StepPlace {
  changed?: Difference;
}

/** A history on its way to another engine. */
export interface KeptSteps {
  /** The text between the two stacks, if it isn't the current one. */
  text: Bytes | undefined;
  settings: ImportSettings;
  done: Step[];
  undone: Step[];
}

/** A longer pause begins a new step of the form. */
export const pauseMs = 1000;

/** The same for the text; editors use this. */
export const typingPauseMs = 500;

/** Limit of undoable steps. */
export const maxSteps = 200;

const nowhere: BatchState = { source: SourceText.of(''), settings: {} };

/** The undo and redo stacks, and the state between them. A change from outside suspends the steps that it concerns. */
export class UndoHistory {
  private state = nowhere;
  private done: Step[] = [];
  private undone: Step[] = [];
  private lastId = 0;
  private readonly maxBytes: number;

  /** Drops the oldest steps above `maxBytes` in total, but never the latest one. */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Adds the step that led from `before` to `after`; `changed` is where their texts differ, if known. */
  record(before: BatchState, after: BatchState, place: StepPlace = {}, changed?: Difference): void {
    const done = this.applicable(this.done, before);
    const change =
      before.source === after.source ? undefined : (changed ?? difference(before.source, after.source));
    const last = this.undone.length === 0 ? done.at(-1) : undefined;
    const merged = last && change && isOneTyping(last, place) ? mergedWith(last, change, before) : undefined;
    if (merged) done.pop();
    const text = merged ?? (change && inverse(before.source, change));
    const hasSettings = !areSame(before.settings, after.settings);
    const settings = (merged && last?.settings) ?? (hasSettings ? before.settings : undefined);
    this.lastId += 1;
    done.push({ id: this.lastId, ...place, ...(text && { text }), ...(settings && { settings }) });
    this.state = after;
    this.done = this.bounded(done);
    this.undone = [];
  }

  /** Adds changed import settings to the last step. */
  amend(settings: ImportSettings): void {
    const last = this.done.at(-1);
    if (last && !areSame(settings, this.state.settings)) last.settings ??= this.state.settings;
    this.state = { ...this.state, settings };
  }

  /** True if the text is the one that the last step led to. */
  isAt = ({ source }: BatchState): boolean => isSameText(this.state.source, source);

  /** The next steps from this state. */
  next(now: BatchState): NextSteps {
    return {
      undo: this.applicable(this.done, now).at(-1)?.id,
      redo: this.applicable(this.undone, now).at(-1)?.id,
    };
  }

  /** Takes the next step from this state; undefined if there is none. */
  take(now: BatchState, way: Direction): StepToTake | undefined {
    const done = this.applicable(this.done, now);
    const undone = this.applicable(this.undone, now);
    const step = (way === 'undo' ? done : undone).pop();
    if (step === undefined) return undefined;
    const { text, settings } = step;
    const back: Step = {
      ...step,
      // What is typed after a redo is a step.
      ...(step.typed && { typed: { ...step.typed, joins: false } }),
      ...(text && { text: inverse(now.source, rangeOf(text)) }),
      ...(settings && { settings: now.settings }),
    };
    (way === 'undo' ? undone : done).push(back);
    this.state = {
      source: text ? changed(now.source, text) : now.source,
      settings: settings ?? now.settings,
    };
    this.done = done;
    this.undone = undone;
    const { cell, form, typed } = step;
    return {
      ...this.state,
      ...(cell && { cell }),
      ...(form && { form }),
      ...(typed && { typed }),
      ...(text && { changed: rangeOf(text) }),
    };
  }

  /** Removes and returns all steps. */
  release(source: SourceText): KeptSteps {
    const { state, done, undone } = this;
    const text = isSameText(state.source, source) ? undefined : state.source.bytes;
    this.state = nowhere;
    this.done = [];
    this.undone = [];
    return { text, settings: state.settings, done, undone };
  }

  /** Continues with the steps of another engine. */
  adopt({ text, settings, done, undone }: KeptSteps, source: SourceText): void {
    this.state = { source: text ? SourceText.ofOwn(text) : source, settings };
    this.done = done;
    this.undone = undone;
    this.lastId = Math.max(this.lastId, ...[...done, ...undone].map(({ id }) => id));
  }

  private applicable(steps: readonly Step[], now: BatchState): Step[] {
    const isText = this.isAt(now);
    const isRead = areSame(this.state.settings, now.settings);
    return steps.filter(
      ({ text, settings }) => (text === undefined || isText) && (settings === undefined || isRead),
    );
  }

  private bounded(done: Step[]): Step[] {
    let bytes = 0;
    const first = done.findLastIndex(({ text }, index) => {
      bytes += text?.put.length ?? 0;
      return index < done.length - 1 && bytes > this.maxBytes;
    });
    return done.slice(Math.max(first + 1, done.length - maxSteps));
  }
}

/** True if the form or the text was typed in without a pause. */
function isOneTyping(last: Step, { form, typed }: StepPlace): boolean {
  if (typed) return typed.joins && last.typed?.joins === true && typed.at - last.typed.at <= typingPauseMs;
  return form !== undefined && last.form?.entry === form.entry && form.at - last.form.at <= pauseMs;
}

/** The change that undoes a step and a later change together; undefined if they don't touch and so aren't one typing. */
function mergedWith({ text }: Step, { from, to, length }: Difference, now: BatchState): Patch | undefined {
  if (text === undefined || to < text.from || from > text.to) return undefined;
  const { bytes } = now.source;
  const [start, end] = [Math.min(from, text.from), Math.max(to, text.to)];
  return {
    from: start,
    to: end + length - (to - from),
    put: joined([bytes.subarray(start, text.from), text.put, bytes.subarray(text.to, end)]),
  };
}

const areSame = (one: ImportSettings, other: ImportSettings): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** True if two texts have the same bytes. */
function isSameText(one: SourceText, other: SourceText): boolean {
  if (one === other) return true;
  const [mine, theirs] = [one.bytes, other.bytes];
  return mine.length === theirs.length && mine.every((byte, at) => byte === theirs[at]);
}

/** Where two texts differ, in whole characters. */
export function difference({ bytes: before }: SourceText, { bytes: after }: SourceText): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  while (start > 0 && (isInside(before, start) || isInside(after, start))) start -= 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  while (end > 0 && isInside(before, before.length - end)) end -= 1;
  return { from: start, to: before.length - end, length: after.length - end - start };
}

/** True if a character begins before this byte and ends after it. */
const isInside = (bytes: Bytes, at: number): boolean => at < bytes.length && isTail(bytes[at]!);

/** The change that reverts a change of this text. */
const inverse = ({ bytes }: SourceText, { from, to, length }: Difference): Patch => ({
  from,
  to: from + length,
  put: bytes.slice(from, to),
});

const rangeOf = ({ from, to, put }: Patch): Difference => ({ from, to, length: put.length });

function changed(source: SourceText, { from, to, put }: Patch): SourceText {
  return SourceText.ofOwn(joined([source.bytes.subarray(0, from), put, source.bytes.subarray(to)]));
}
