import type { SourceText } from '#domain/text/source-text.ts';

/** An invalid character: NUL, or a lone surrogate. */
export interface BadCharacter {
  isNul: boolean;
  at: number;
  /** Offset after the character. */
  to: number;
}

/** The invalid characters between two offsets. */
export function badCharactersIn(
  { bytes, isWellFormed }: SourceText,
  from: number,
  to: number,
): BadCharacter[] {
  const found: BadCharacter[] = [];
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === 0) found.push({ isNul: true, at, to: at + 1 });
    else if (!isWellFormed && bytes[at] === 0xed && bytes[at + 1]! >= 0xa0)
      found.push({ isNul: false, at, to: at + 3 });
  }
  return found;
}
