/** An offset whose line (from 1) is known. Never between \r and \n. */
export interface LineMark {
  at: number;
  line: number;
}

/** Finds the last mark at or before an offset. */
export type MarkBefore = (offset: number) => LineMark;

const textStart: LineMark = { at: 0, line: 1 };

/** Only the start of the text is known. */
export const noMarks: MarkBefore = () => textStart;

/** Marks in text order: the line of each, and its offset by index. */
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
