/**
 * The compared part of a value in the file and of a task’s data.
 *
 * - `value`: the whole value
 * - `file-name`: the file name at its end, without path or URL
 * - `file-stem`: the same without its extension: `a/photo.JPG` matches `photo.png`
 */
export type Comparison = 'value' | 'file-name' | 'file-stem';

/** How the task of each row is found by a value in the file. */
export interface TaskMatching {
  /** The key of the tasks’ data. */
  field: string;
  compare: Comparison;
  /** True if case, spaces around and between words, and the Unicode form are ignored. */
  ignoresCase: boolean;
}

export const comparisons: readonly Comparison[] = ['value', 'file-name', 'file-stem'];
