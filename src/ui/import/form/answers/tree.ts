import type { AnswerOption } from '#domain/form/answer-inputs.ts';

/** One entry of a taxonomy as a row. */
export interface TreeNode {
  key: string;
  /** From the root down, in the results' own words. */
  path: string[];
  label: string;
  level: number;
  hasChildren: boolean;
  isUnfolded: boolean;
  /** Whether it is itself what was sought, rather than on the way to it. */
  isMatch: boolean;
}

/** The rows that are seen where these are unfolded, by their keys. */
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

/** Every entry whose name holds these words (in lower case), with the way to it and all that is below it. */
export function matching(options: readonly AnswerOption[], words: string, above: string[] = []): TreeNode[] {
  return options.flatMap((option) => {
    const isMatch = [option.label, option.value].some((name) => name.toLowerCase().includes(words));
    const node = nodeOf(option, above, isMatch);
    const below = matching(option.children, isMatch ? '' : words, node.path);
    if (!isMatch && below.length === 0) return [];
    return [{ ...node, isUnfolded: below.length > 0 }, ...below];
  });
}

/** The names that annotators see on the way to an entry; a step that is not there is shown as it is written. */
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
