import { SourceText, type Bytes, type Edit } from '#domain/text/source-text.ts';
import { firstLine, partOf, type PartAsked, type TextPart } from '#domain/text/text-window.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import {
  isSameText,
  UndoHistory,
  type Direction,
  type KeptSteps,
  type NextSteps,
  type StepPlace,
} from './undo-history.ts';

/** Identifies one state of a large text. */
export interface TextVersion {
  /** A new number for each text that was opened or written by the engine. */
  edition: number;
  /** Number of typed changes since then. */
  typed: number;
}

export const isSameVersion = (one: TextVersion, other: TextVersion): boolean =>
  one.edition === other.edition && one.typed === other.typed;

/** The text as a screen knows it: whole if small, otherwise only the visible part. Offsets count UTF-16 code units. */
export type TextOnScreen = { size: 'small'; text: string } | LargeText;

export interface LargeText extends TextVersion {
  size: 'large';
  length: number;
  /** At most a thousand characters. */
  firstLine: string;
  /** True if the text contains the key `"project"`. */
  namesProject: boolean;
  /** The visible part at the time of this answer. */
  part: TextPart;
}

/** A text up to this many UTF-16 code units is shown whole. Browsers freeze while they lay out 50 MB. */
export const maxShownWhole = 4_000_000;

const maxHistoryBytes = 100_000_000;
const maxFirstLine = 1000;

/** A text and its undo history, moved from one engine to another. */
export interface TransferredText extends TextVersion {
  bytes: Bytes;
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
  /** The part on screen, if known. */
  view: PartAsked = { at: 'from', place: 0 };
  version: TextVersion = { edition: 0, typed: 0 };
  private readonly history = new UndoHistory(maxHistoryBytes);
  /** True for a new text until its check: settings that come with it belong to its undo step. */
  private awaitsSettings = false;

  /** The text as a string, for forms and repairs. */
  get whole(): string {
    return String(this.source);
  }

  private get isLarge(): boolean {
    return this.source.length > maxShownWhole;
  }

  onScreen(): TextOnScreen {
    const { source, version } = this;
    if (!this.isLarge) return { size: 'small', text: this.whole };
    return {
      size: 'large',
      ...version,
      length: source.length,
      firstLine: firstLine(source, maxFirstLine),
      namesProject: source.includes('"project"'),
      part: partOf(source, this.view),
    };
  }

  /** True if the screen has this text or version, so that it needn’t be sent again. */
  isKnownAs(known: string | TextVersion): boolean {
    if (typeof known === 'string') return !this.isLarge;
    return this.isLarge && isSameVersion(known, this.version);
  }

  /** Sets the text of the screen. Not a step, because the editor has its own undo for typing. */
  set(text: string): void {
    if (text.length !== this.source.length || text !== this.whole) this.open(SourceText.of(text));
  }

  /** Opens another text, without a step. */
  open(source: SourceText): TextOnScreen {
    this.source = source;
    this.version = { edition: this.version.edition + 1, typed: 0 };
    return this.onScreen();
  }

  /** Replaces the text as one undoable step. The same text again isn’t a step. */
  replace(source: SourceText, place?: StepPlace): TextOnScreen {
    const { settings } = this;
    if (isSameText(source, this.source)) return this.onScreen();
    this.history.record({ source: this.source, settings }, { source, settings }, place);
    this.awaitsSettings = true;
    return this.open(source);
  }

  /** Applies typed changes. They keep the edition and aren’t steps. */
  type(edits: readonly Edit[]): void {
    this.source = this.source.edited(this.inBytes(edits));
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
    const { source, settings, ...place } = taken;
    this.awaitsSettings = false;
    this.settings = settings;
    return { text: source === this.source ? this.onScreen() : this.open(source), settings, ...place };
  }

  /** Gives up the text and its history. */
  release(): TransferredText {
    const { source, version } = this;
    const steps = this.history.release(source);
    this.source = SourceText.of('');
    return { ...version, bytes: source.bytes, steps };
  }

  /** Continues with the text of another engine. */
  adopt({ edition, typed, bytes, steps }: TransferredText): void {
    this.source = SourceText.ofOwn(bytes);
    this.version = { edition, typed };
    this.history.adopt(steps, this.source);
  }

  private inBytes(edits: readonly Edit[]): Edit[] {
    return edits.map(({ from, to, put }) => ({
      from: this.source.offsetOf(from),
      to: this.source.offsetOf(to),
      put,
    }));
  }
}
