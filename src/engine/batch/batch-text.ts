import { SourceText, type Bytes, type Edit } from '#domain/text/source-text.ts';
import {
  firstLine,
  isWholeShown,
  partOf,
  type PartPosition,
  type TextPart,
} from '#domain/text/text-window.ts';
import { isSameVersion, type TextVersion } from '#wire/text/text-version.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import {
  difference,
  UndoHistory,
  type Difference,
  type Direction,
  type KeptSteps,
  type NextSteps,
  type StepPlace,
  type Typing,
} from './undo-history.ts';

/** The text as a screen knows it. Places count UTF-16 code units. */
export interface TextOnScreen extends TextVersion {
  length: number;
  /** At most a thousand characters. */
  firstLine: string;
  /** True if the text contains the key `"project"`. */
  namesProject: boolean;
  /** The window: all of the text unless it is large. */
  part: TextPart;
  /** What this edition replaced, for what was typed into that meanwhile. */
  replaced?: Replaced;
}

/** A version, and the range of its text that another one replaced, by `length` code units. */
export interface Replaced extends TextVersion, Difference {}

const maxHistoryBytes = 100_000_000;

/** A text and its undo history, moved from one engine to another. */
export interface TransferredText extends TextVersion {
  bytes: Bytes;
  view: PartPosition;
  steps: KeptSteps;
}

/** The state after undo or redo. */
export interface StepTaken extends StepPlace {
  text: TextOnScreen;
  settings: ImportSettings;
}

/** The batch’s text, its import settings and undo history. The whole text is checked and sent, whatever its size. */
export class BatchText {
  source = SourceText.of('');
  settings: ImportSettings = {};
  /** Where the screen's window begins. */
  view: PartPosition = { at: 'from', place: 0 };
  version: TextVersion = { edition: 0, typed: 0 };
  private replaced: Replaced | undefined;
  /** Where the last typing ended. */
  private typedAt: number | undefined;
  /** True if the screen has the whole text. */
  private isWholeOnScreen = true;
  private readonly history = new UndoHistory(maxHistoryBytes);
  /** True for a new text until its check: settings that come with it belong to its undo step. */
  private awaitsSettings = false;

  /** The text as a string, for forms and repairs. */
  get whole(): string {
    return String(this.source);
  }

  /** With a cursor, the window contains it. */
  onScreen(cursor?: number): TextOnScreen {
    const { source, version, replaced } = this;
    let part = partOf(source, this.view);
    if (cursor !== undefined && (cursor < part.from || cursor > part.to))
      part = partOf(source, { at: 'around', place: cursor });
    this.shows(part);
    return {
      ...version,
      length: source.length,
      firstLine: firstLine(source),
      namesProject: source.includes('"project"'),
      part: { ...part, ...(cursor !== undefined && { cursor }) },
      ...(replaced && { replaced }),
    };
  }

  /** The asked window, which the screen shows from now on. */
  show(asked: PartPosition): TextPart {
    const part = partOf(this.source, asked);
    this.shows(part);
    return part;
  }

  private shows({ from }: TextPart) {
    this.view = { at: 'from', place: from };
    this.isWholeOnScreen = isWholeShown(this.source);
  }

  /** The text for a screen with this version; undefined if it is up to date. */
  updateFor(known: TextVersion): TextOnScreen | undefined {
    if (!isSameVersion(known, this.version)) return this.onScreen();
    // Typing has made the text large or small.
    return this.isWholeOnScreen === isWholeShown(this.source) ? undefined : this.onScreen(this.typedAt);
  }

  /** Opens another text, without a step. */
  open(source: SourceText): TextOnScreen {
    this.become(source, undefined);
    return this.onScreen();
  }

  /** Replaces the text as one step that can be undone. The same text again is none. */
  replace(source: SourceText, place?: StepPlace, cursor?: number): TextOnScreen {
    const { settings } = this;
    const changed = difference(this.source, source);
    if (changed.from === changed.to && changed.length === 0) return this.onScreen();
    this.history.record({ source: this.source, settings }, { source, settings }, place, changed);
    this.awaitsSettings = true;
    this.become(source, changed);
    return this.onScreen(cursor);
  }

  private become(source: SourceText, changed: Difference | undefined) {
    const { source: before, version } = this;
    this.replaced = changed && {
      ...version,
      from: before.unitsAt(changed.from),
      to: before.unitsAt(changed.to),
      length: source.unitsAt(changed.from + changed.length) - source.unitsAt(changed.from),
    };
    this.source = source;
    this.version = { edition: version.edition + 1, typed: 0 };
  }

  /** Applies typed changes, which keep the edition. With `typing` they are a step, or a part of one. */
  type(edits: readonly Edit[], typing: Typing | undefined): void {
    const { source: before, settings } = this;
    const inBytes = edits.map(({ from, to, put }) => ({
      from: before.offsetOf(from),
      to: before.offsetOf(to),
      put,
    }));
    const source = before.edited(inBytes);
    if (typing) {
      const from = Math.min(...inBytes.map((edit) => edit.from));
      const to = Math.max(...inBytes.map((edit) => edit.to));
      const length = to - from + source.bytes.length - before.bytes.length;
      const after = { source, settings };
      this.history.record({ source: before, settings }, after, { typed: typing }, { from, to, length });
      this.awaitsSettings = true;
      const last = edits.at(-1);
      this.typedAt = last && last.from + last.put.length;
    }
    this.source = source;
    this.version = { ...this.version, typed: this.version.typed + 1 };
  }

  /** Sets the import settings; a step only if it directly follows the last one. */
  setSettings(settings: ImportSettings): void {
    if (this.awaitsSettings) this.history.amend(settings);
    this.settings = settings;
  }

  /** Changes the settings as one step; with `withLast` as part of the last one. */
  changeSettings(settings: ImportSettings, { withLast = false } = {}): void {
    if (withLast) this.history.amend(settings);
    else this.history.record(this, { source: this.source, settings });
    this.settings = settings;
  }

  /** Marks the settings of this text as known to the screen. */
  checked(): void {
    if (this.awaitsSettings && this.history.isAt(this)) this.awaitsSettings = false;
  }

  /** The ids of the next steps. */
  get steps(): NextSteps {
    return this.history.next(this);
  }

  /** Undoes or redoes a step; undefined if there is none. */
  take(way: Direction): StepTaken | undefined {
    const taken = this.history.take(this, way);
    if (taken === undefined) return undefined;
    const { source, settings, changed, ...place } = taken;
    this.awaitsSettings = false;
    this.settings = settings;
    if (!changed) return { text: this.onScreen(), settings, ...place };
    this.become(source, changed);
    // Only an editor has a cursor.
    const cursor = place.typed && source.unitsAt(changed.from + changed.length);
    return { text: this.onScreen(cursor), settings, ...place };
  }

  /** Releases the text and its history. */
  release(): TransferredText {
    const { source, version, view } = this;
    const steps = this.history.release(source);
    this.source = SourceText.of('');
    return { ...version, bytes: source.bytes, view, steps };
  }

  /** Continues with what another engine released. */
  adopt({ edition, typed, bytes, view, steps }: TransferredText): void {
    this.source = SourceText.ofOwn(bytes);
    this.version = { edition, typed };
    this.view = view;
    this.isWholeOnScreen = isWholeShown(this.source);
    this.history.adopt(steps, this.source);
  }
}
