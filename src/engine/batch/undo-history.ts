import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { joined, SourceText, type Bytes } from '#domain/text/source-text.ts';

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
}

/** Replaces the bytes from `from` up to `to`. */
interface Patch {
  from: number;
  to: number;
  put: Bytes;
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

/** A history on its way to another engine. */
export interface KeptSteps {
  /** The text between the two stacks, if it isn't the current one. */
  text: Bytes | undefined;
  settings: ImportSettings;
  done: Step[];
  undone: Step[];
}

/** A pause this long begins a new step. */
export const pauseMs = 1000;

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

  /** Adds the step that led from `before` to `after`. */
  record(before: BatchState, after: BatchState, place: StepPlace = {}): void {
    const done = this.applicable(this.done, before);
    const last = done.at(-1);
    const merges =
      last !== undefined &&
      isOneTyping(last, place) &&
      touches(last, difference(before.source, after.source));
    const from = merges && last.text ? changed(before.source, last.text) : before.source;
    const settings = merges ? last.settings : undefined;
    if (merges) done.pop();
    const isRead = !areSame(before.settings, after.settings);
    this.lastId += 1;
    done.push({
      id: this.lastId,
      ...place,
      ...(from !== after.source && { text: difference(after.source, from) }),
      ...((isRead || settings) && { settings: settings ?? before.settings }),
    });
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
  take(now: BatchState, way: Direction): (BatchState & StepPlace) | undefined {
    const done = this.applicable(this.done, now);
    const undone = this.applicable(this.undone, now);
    const step = (way === 'undo' ? done : undone).pop();
    if (step === undefined) return undefined;
    const { text, settings } = step;
    const back: Step = {
      ...step,
      ...(text && { text: inverse(now.source, text) }),
      ...(settings && { settings: now.settings }),
    };
    (way === 'undo' ? undone : done).push(back);
    this.state = {
      source: text ? changed(now.source, text) : now.source,
      settings: settings ?? now.settings,
    };
    this.done = done;
    this.undone = undone;
    return { ...this.state, ...(step.cell && { cell: step.cell }), ...(step.form && { form: step.form }) };
  }

  /** Gives all steps away and keeps none. */
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

/** True if the form was typed in without a pause. */
function isOneTyping(last: Step, { form }: StepPlace): boolean {
  return form !== undefined && last.form?.entry === form.entry && form.at - last.form.at <= pauseMs;
}

/** What was typed between two distant changes isn't one of them. */
const touches = ({ text }: Step, { from, to }: Patch): boolean =>
  text !== undefined && to >= text.from && from <= text.to;

const areSame = (one: ImportSettings, other: ImportSettings): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** True if two texts have the same bytes. */
export function isSameText(one: SourceText, other: SourceText): boolean {
  if (one === other) return true;
  const [mine, theirs] = [one.bytes, other.bytes];
  return mine.length === theirs.length && mine.every((byte, at) => byte === theirs[at]);
}

/** What makes `to` of `from`: only the part that differs is kept. */
function difference({ bytes: from }: SourceText, { bytes: to }: SourceText): Patch {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return { from: start, to: from.length - end, put: to.slice(start, to.length - end) };
}

/** What takes the change back. */
function inverse({ bytes }: SourceText, { from, to, put }: Patch): Patch {
  return { from, to: from + put.length, put: bytes.slice(from, to) };
}

/** The parts may end inside a character, so the new text is read as a whole. */
function changed(source: SourceText, { from, to, put }: Patch): SourceText {
  return SourceText.ofOwn(joined([source.bytes.subarray(0, from), put, source.bytes.subarray(to)]));
}
