import type { SourceText } from '#domain/text/source-text.ts';

/** Identifies one state of a large text. */
export interface TextVersion {
  /** A new number for each text that was opened, or that the engine made. */
  edition: number;
  /** Number of typed changes since then. */
  typed: number;
}

export interface VersionedText extends TextVersion {
  text: SourceText;
}

export const isSameVersion = (one: TextVersion, other: TextVersion): boolean =>
  one.edition === other.edition && one.typed === other.typed;

/** Large texts that were replaced, kept here so that the page can undo without holding them. */
export class TextHistory {
  private texts: VersionedText[] = [];
  private readonly maxBytes: number;

  /** Drops the oldest texts above `maxBytes` in total, but never the latest one. */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  push(text: VersionedText): void {
    this.texts.push(text);
    while (this.texts.length > 1 && this.bytes() > this.maxBytes) this.texts.shift();
  }

  find(version: TextVersion): VersionedText | undefined {
    return this.texts.findLast((one) => isSameVersion(one, version));
  }

  all(): readonly VersionedText[] {
    return this.texts;
  }

  replaceAll(texts: readonly VersionedText[]): void {
    this.texts = [...texts];
  }

  private bytes(): number {
    return this.texts.reduce((sum, { text }) => sum + text.bytes.length, 0);
  }
}
