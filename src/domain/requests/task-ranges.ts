import { count } from '#wire/text/figures.ts';
import { shorten } from '#wire/text/words.ts';

/** Guards against typos such as `1-9999999999`; larger batches come as files. */
export const maxTasks = 1_000_000;

export interface TaskRanges {
  /** In typed order, including duplicates; empty if there is a problem. */
  ids: number[];
  /** Each quotes the invalid part of the text. */
  problems: { code: string; message: string }[];
}

const separators = /[\s,;]+/u;
// A hyphen, the dashes that word processors replace it with, and the minus sign.
const dash = /\s*[-‐‑‒–—−]\s*/gu;

/** Parses task IDs as people write them: `1-50, 60, 72`, on one or several lines. */
export function readTaskRanges(text: string): TaskRanges {
  const ids: number[] = [];
  const problems: TaskRanges['problems'] = [];
  for (const part of text.replaceAll(dash, '-').split(separators)) {
    if (part === '') continue;
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const from = Number(first);
    const to = Number(last ?? first);
    const shown = shorten(part, 40);
    if (first === undefined || from < 1 || !Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
      const message = `“${shown}” isn’t a valid task ID. Use a whole number such as 12, or a range such as 12-15.`;
      problems.push({ code: 'task-id-not-whole', message });
    } else if (to < from) {
      const message = `${shown} runs backwards. Use ${to}-${from}.`;
      problems.push({ code: 'task-range-backwards', message });
    } else if (ids.length + (to - from + 1) > maxTasks) {
      const message = `${shown} has too many tasks. The limit is ${count(maxTasks, 'task')}.`;
      problems.push({ code: 'task-range-too-long', message });
    } else {
      for (let id = from; id <= to; id += 1) ids.push(id);
    }
  }
  return { ids: problems.length === 0 ? ids : [], problems };
}

/** The inverse of `readTaskRanges`: `1-50, 60, 72`. */
export function writeTaskRanges(ids: readonly number[]): string {
  return runsOf(ids)
    .map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
    .join(', ');
}

/** For display: `1–50, 60`, with an ellipsis after `max` ranges; `no tasks`. */
export function shortRanges(ids: readonly number[], max = 4): string {
  if (ids.length === 0) return 'no tasks';
  const runs = runsOf(ids);
  const parts = runs.slice(0, max).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
  if (runs.length > max) parts.push('…');
  return parts.join(', ');
}

/** For display, with their number: `1–50, 60 (51 tasks)`. */
export const shortTaskRanges = (ids: readonly number[], max = 4): string =>
  ids.length === 0 ? 'no tasks' : `${shortRanges(ids, max)} (${count(ids.length, 'task')})`;

/** Joins three or more consecutive IDs to a range; `1, 2` is clearer than `1-2`. */
function runsOf(ids: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let start = 0; start < ids.length;) {
    let end = start;
    while (ids[end + 1] === ids[end]! + 1) end += 1;
    if (end - start < 2) end = start;
    runs.push({ from: ids[start]!, to: ids[end]! });
    start = end + 1;
  }
  return runs;
}
