/** Identifies one state of the text. */
export interface TextVersion {
  /** A new number for each text that was opened, or that the engine made. */
  edition: number;
  /** Number of typed changes since then. */
  typed: number;
}

export const isSameVersion = (one: TextVersion, other: TextVersion): boolean =>
  one.edition === other.edition && one.typed === other.typed;

export const maxFirstLine = 1000;

/** The first line of a text, cut after a thousand code units. The engine and the page agree on it while it is typed. */
export function firstLineOf(text: string): string {
  const lineEnd = text.indexOf('\n');
  return text.slice(0, Math.min(maxFirstLine, lineEnd < 0 ? text.length : lineEnd));
}
