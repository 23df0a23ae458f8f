import { count, shorten } from '#wire/words.ts';

/** More tasks than this are a slip of the finger, such as `1-9999999999`; a batch of that size comes as a file. */
export const maxTasks = 1_000_000;

export interface TaskRanges {
  /** In the order in which they were typed; an id typed twice is there twice. Empty where there is a problem. */
  ids: number[];
  /** Each with the part of the text that it is about. */
  problems: { code: string; message: string }[];
}

const separators = /[\s,;]+/u;
// A hyphen, the dashes that word processors make of one, and the minus sign.
const dash = /\s*[-‐‑‒–—−]\s*/gu;

/** Reads task ids as people write them: `1-50, 60, 72`, on one line or on many. */
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
      const message = `“${shown}” is no task id; a task id is a positive whole number such as 12, a range is 12-15.`;
      problems.push({ code: 'task-id-not-whole', message });
    } else if (to < from) {
      const message = `${shown} runs backwards. Write ${to}-${from}.`;
      problems.push({ code: 'task-range-backwards', message });
    } else if (ids.length + (to - from + 1) > maxTasks) {
      const message = `${shown} is too many: a request may be for ${count(maxTasks, 'task')} at most.`;
      problems.push({ code: 'task-range-too-long', message });
    } else {
      for (let id = from; id <= to; id += 1) ids.push(id);
    }
  }
  return { ids: problems.length === 0 ? ids : [], problems };
}

/** Writes ids so that `readTaskRanges` gives the same again: `1-50, 60, 72`. */
export function writeTaskRanges(ids: readonly number[]): string {
  return runsOf(ids)
    .map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
    .join(', ');
}

/** For showing: `1–50, 60 (51 tasks)`. After `most` ranges an ellipsis stands for the others. */
export function shortTaskRanges(ids: readonly number[], most = 4): string {
  const runs = runsOf(ids);
  const parts = runs.slice(0, most).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
  if (runs.length > most) parts.push('…');
  return ids.length === 0 ? 'no tasks' : `${parts.join(', ')} (${count(ids.length, 'task')})`;
}

/** Ids that follow one another become one run, from three on: `1, 2` is plainer than `1-2`. */
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
