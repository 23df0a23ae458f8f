import type { AnswerOption } from '#domain/form/answer-inputs.ts';

/** One entry of a taxonomy as a row. */
export interface TreeNode {
  key: string;
  /** From the root down, as values in results. */
  path: string[];
  label: string;
  level: number;
  hasChildren: boolean;
  isUnfolded: boolean;
  /** True if the entry or an ancestor matches the search; false for mere ancestors of a match. */
  isMatch: boolean;
}

/** The visible rows, given the keys of expanded ones. */
export function visibleNodes(
  options: readonly AnswerOption[],
  unfolded: ReadonlySet<string>,
  above: string[] = [],
): TreeNode[] {
  return options.flatMap((option) => {
    const node = nodeOf(option, above, false);
    const isUnfolded = unfolded.has(node.key);
    const below = isUnfolded ? visibleNodes(option.children, unfolded, node.path) : [];
    return [{ ...node, isUnfolded }, ...below];
  });
}

/** Entries whose name contains `words` (lower case), with their ancestors and descendants. */
export function matching(options: readonly AnswerOption[], words: string, above: string[] = []): TreeNode[] {
  return options.flatMap((option) => {
    const isMatch = [option.label, option.value].some((name) => name.toLowerCase().includes(words));
    const node = nodeOf(option, above, isMatch);
    const below = matching(option.children, isMatch ? '' : words, node.path);
    if (!isMatch && below.length === 0) return [];
    return [{ ...node, isUnfolded: below.length > 0 }, ...below];
  });
}

/** The display labels along a path; unknown steps are shown as written. */
export function labelsOf(options: readonly AnswerOption[], path: readonly string[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const option = options.find(({ value }) => value === step);
  return [option?.label ?? step, ...labelsOf(option?.children ?? [], rest)];
}

function nodeOf({ label, value, children }: AnswerOption, above: string[], isMatch: boolean): TreeNode {
  const path = [...above, value];
  return {
    key: JSON.stringify(path),
    path,
    label,
    level: above.length,
    hasChildren: children.length > 0,
    isUnfolded: false,
    isMatch,
  };
}
