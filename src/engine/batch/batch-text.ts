import { SourceText, type Edit } from '#domain/text/source-text.ts';
import { firstLine, partOf, type PartAsked, type TextPart } from '#domain/text/text-window.ts';
import { isSameVersion, TextHistory, type TextVersion, type VersionedText } from './text-history.ts';

/** The text as a screen knows it: whole while it is small, otherwise only the visible part. Places count UTF-16 code units. */
export type TextOnScreen = { size: 'small'; text: string } | LargeText;

export interface LargeText extends TextVersion {
  size: 'large';
  length: number;
  /** At most a thousand characters of it. */
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

/** The text of the batch with its version and its history. Whatever its size, the whole text is checked and sent. */
export class BatchText {
  source = SourceText.of('');
  /** The part that the screen shows, as far as known. */
  view: PartAsked = { at: 'from', place: 0 };
  version: TextVersion = { edition: 0, typed: 0 };
  private lastEdition = 0;
  private readonly history = new TextHistory(maxHistoryBytes);

  /** The text as a string, which forms and repairs work on. */
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

  /** True if the screen, which knows this text or version, is up to date. */
  isKnownAs(known: string | TextVersion): boolean {
    if (typeof known === 'string') return !this.isLarge;
    return this.isLarge && isSameVersion(known, this.version);
  }

  /** Replaces the text unless it is the same. */
  set(text: string): void {
    if (text.length !== this.source.length || text !== this.whole) this.replace(SourceText.of(text));
  }

  /** Replaces the text; a large one goes into the history. The screen itself can undo small ones. */
  replace(source: SourceText): TextOnScreen {
    this.pushHistory();
    this.startEdition(source);
    return this.onScreen();
  }

  /** Changes the text without a history entry: the caller knows how to undo it. */
  edit(edits: readonly Edit[]): TextOnScreen {
    this.startEdition(this.source.edited(this.inBytes(edits)));
    return this.onScreen();
  }

  /** Applies typed changes, which keep the edition. */
  type(edits: readonly Edit[]): void {
    this.source = this.source.edited(this.inBytes(edits));
    this.version = { ...this.version, typed: this.version.typed + 1 };
  }

  /** Goes back to an earlier text. False if it is no longer kept. */
  restore(version: TextVersion): boolean {
    const found = this.history.find(version);
    if (found === undefined) return false;
    this.pushHistory();
    this.become(found);
    return true;
  }

  /** Gives all texts away, the current one last, and keeps none. */
  release(): VersionedText[] {
    const texts = [...this.history.all(), { ...this.version, text: this.source }];
    this.history.replaceAll([]);
    this.source = SourceText.of('');
    return texts;
  }

  /** Continues with texts that another engine released. */
  adopt(texts: readonly VersionedText[]): void {
    const last = texts.at(-1);
    if (last === undefined) return;
    this.history.replaceAll(texts.slice(0, -1));
    this.become(last);
    this.lastEdition = Math.max(this.lastEdition, ...texts.map(({ edition }) => edition));
  }

  private startEdition(source: SourceText): void {
    this.lastEdition += 1;
    this.become({ text: source, edition: this.lastEdition, typed: 0 });
  }

  private become({ text, edition, typed }: VersionedText): void {
    this.source = text;
    this.version = { edition, typed };
  }

  private pushHistory(): void {
    if (this.isLarge) this.history.push({ ...this.version, text: this.source });
  }

  private inBytes(edits: readonly Edit[]): Edit[] {
    return edits.map(({ from, to, put }) => ({
      from: this.source.offsetOf(from),
      to: this.source.offsetOf(to),
      put,
    }));
  }
}
