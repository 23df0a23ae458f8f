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

/** Finds marks that stand in columns: `offsets` ascend, and each place is on the line of the same index. */
export function marksIn(offsets: ArrayLike<number>, lines: ArrayLike<number>): MarkBefore {
  return (offset) => {
    let before = 0;
    let behind = lines.length;
    while (before < behind) {
      const middle = (before + behind) >>> 1;
      if (offsets[middle]! <= offset) before = middle + 1;
      else behind = middle;
    }
    return before === 0 ? textStart : { at: offsets[before - 1]!, line: lines[before - 1]! };
  };
}
