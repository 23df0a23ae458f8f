import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';
import type { AnswerOption } from './answer-inputs.ts';

/** One option as a row of a list or a tree. */
export interface OptionRow {
  /** From the root, as values in results. */
  path: string[];
  /** Cut for the screen. */
  label: string;
  hotkey: string;
  hint: string;
  /** From 1, among the visible options with the same parent. */
  position: number;
  siblings: number;
  hasChildren: boolean;
  isUnfolded: boolean;
  /** True if the option or an ancestor matches the search; false if only a descendant does. */
  isMatch: boolean;
}

export interface OptionRows {
  /** The first rows, in order. */
  rows: OptionRow[];
  /** The total number of rows. */
  found: number;
}

export interface OptionSearch {
  /** If not empty, only options that contain it, with their ancestors and descendants. */
  search: string;
  /** Without a search: the options whose children are shown, as JSON paths. */
  unfolded: readonly string[];
}

/** The visible or found rows, at most `max`, for any number of options. */
export function optionRows(
  options: readonly AnswerOption[],
  { search, unfolded }: OptionSearch,
  max: number,
): OptionRows {
  const words = search.trim().toLowerCase();
  const isUnfolded = new Set(unfolded);
  const rows: OptionRow[] = [];
  let found = 0;

  /** False if no part of the option is visible. */
  function add(option: AnswerOption, parent: string[], isBelowMatch: boolean): boolean {
    const path = [...parent, option.value];
    const isMatch =
      words !== '' &&
      (isBelowMatch || [option.label, option.value].some((name) => name.toLowerCase().includes(words)));
    const at = found;
    found += 1;
    const row = { ...rowOf(option, path), isMatch };
    if (at < max) rows.push(row);
    if (words !== '' || (option.children.length > 0 && isUnfolded.has(JSON.stringify(path))))
      addAll(option.children, path, isMatch);
    row.isUnfolded = found > at + 1;
    if (words === '' || isMatch || row.isUnfolded) return true;
    found = at;
    if (rows.length > at) rows.length = at;
    return false;
  }

  function addAll(children: readonly AnswerOption[], parent: string[], isBelowMatch: boolean): void {
    const shown: OptionRow[] = [];
    let siblings = 0;
    for (const child of children) {
      const at = found;
      if (!add(child, parent, isBelowMatch)) continue;
      siblings += 1;
      const row = rows[at];
      if (row === undefined) continue;
      row.position = siblings;
      shown.push(row);
    }
    for (const row of shown) row.siblings = siblings;
  }

  addAll(options, [], false);
  return { rows, found };
}

/** The labels along a path, cut for the screen; unknown steps are shown as written. */
export function labelsOf(options: readonly AnswerOption[], path: readonly string[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const option = options.find(({ value }) => value === step);
  return [excerpt(option?.label ?? step, limits.shownUnits), ...labelsOf(option?.children ?? [], rest)];
}

function rowOf({ label, hotkey, hint, children }: AnswerOption, path: string[]): OptionRow {
  const unplaced = { position: 1, siblings: 1, isUnfolded: false, isMatch: false };
  return {
    path,
    label: excerpt(label, limits.shownUnits),
    hotkey,
    hint,
    hasChildren: children.length > 0,
    ...unplaced,
  };
}
