/** A place whose line is known; lines count from 1. It is not between the two characters of \r\n. */
export interface LineMark {
  at: number;
  line: number;
}

/** The last mark at or before an offset. */
export type MarkBefore = (offset: number) => LineMark;

const textStart: LineMark = { at: 0, line: 1 };

/** For a text of which nothing else is known. */
export const noMarks: MarkBefore = () => textStart;

/** Finds marks of which the lines are known, in the order of the text, and by the same index the offset of each. */
export function marksIn(lines: ArrayLike<number>, offsetOf: (index: number) => number): MarkBefore {
  return (offset) => {
    let before = 0;
    let behind = lines.length;
    while (before < behind) {
      const middle = (before + behind) >>> 1;
      if (offsetOf(middle) <= offset) before = middle + 1;
      else behind = middle;
    }
    return before === 0 ? textStart : { at: offsetOf(before - 1), line: lines[before - 1]! };
  };
}
