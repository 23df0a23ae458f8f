import type { SourceText } from '#domain/text/source-text.ts';
import type { TextVersion } from './engine.ts';

/** A large text that was on the workbench. */
export interface KeptText extends TextVersion {
  text: SourceText;
}

export const isSameVersion = (one: TextVersion, other: TextVersion): boolean =>
  one.edition === other.edition && one.typed === other.typed;

/** Large texts that something else took the place of, so that it can be undone without the page holding them. */
export class EarlierTexts {
  private kept: KeptText[] = [];
  private readonly maxBytes: number;

  /** So many bytes are kept of all of them together; the last one is kept however large it is. */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  keep(text: KeptText): void {
    this.kept.push(text);
    while (this.kept.length > 1 && this.bytes() > this.maxBytes) this.kept.shift();
  }

  find(version: TextVersion): KeptText | undefined {
    return this.kept.findLast((one) => isSameVersion(one, version));
  }

  all(): readonly KeptText[] {
    return this.kept;
  }

  replace(texts: readonly KeptText[]): void {
    this.kept = [...texts];
  }

  private bytes(): number {
    return this.kept.reduce((sum, { text }) => sum + text.bytes.length, 0);
  }
}
