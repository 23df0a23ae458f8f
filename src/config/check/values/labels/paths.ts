import type { Option } from '#config/label-config.ts';
import { closestValue, toAllowedValues } from './allowed-values.ts';
import { joinedParts, type JoinedPart } from './joined-labels.ts';

/** The path with these steps: results or displayed names, in any case. Undefined if there is none. */
export function findPath(steps: readonly string[], tree: readonly Option[]): string[] | undefined {
  const path: string[] = [];
  let options = tree;
  for (const step of steps) {
    const option = options.find(({ result }) => result === step) ?? options.find((one) => isNamed(one, step));
    if (option === undefined) return undefined;
    path.push(option.result);
    options = option.children;
  }
  return path;
}

const isNamed = ({ result, value }: Option, name: string): boolean =>
  [result, value].some((one) => one.toLowerCase() === name.toLowerCase());

/** The probably meant path: the closest match per step, or the full path of the last entry if it has the other steps. */
export function closestPath(steps: readonly string[], tree: readonly Option[]): string[] | undefined {
  const path: string[] = [];
  let options = tree;
  for (const step of steps) {
    const accepted = toAllowedValues(options);
    const result = accepted.results.has(step) ? step : closestValue(step, accepted);
    const option = options.find((one) => one.result === result);
    if (option === undefined) {
      const whole = onlyPathTo(steps.at(-1)!, tree);
      return whole && steps.slice(0, -1).every((one) => whole.includes(one)) ? whole : undefined;
    }
    path.push(option.result);
    options = option.children;
  }
  return path;
}

/** What people and programs write between the steps of a path. */
const stepMarks = ['/', '>', '→', '->', '::', ':', '\\', '|', '.', ' - '];

/** The path that a text names, such as `Animal/Cat`. */
export function pathInText(text: string, tree: readonly Option[]): string[] | undefined {
  for (const mark of stepMarks) {
    const steps = text.split(mark).map((step) => step.trim());
    const path = steps.length > 1 ? findPath(steps, tree) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The path of the only entry with this name. */
export function onlyPathTo(name: string, tree: readonly Option[]): string[] | undefined {
  const paths: string[][] = [];
  const walk = (options: readonly Option[], above: string[]): void => {
    for (const option of options) {
      const path = [...above, option.result];
      if (option.result === name || option.value === name) paths.push(path);
      walk(option.children, path);
    }
  };
  walk(tree, []);
  return paths.length === 1 ? paths[0] : undefined;
}

/** Fewer than between labels: `/` and others divide the steps of a path. */
const separators = [';', ',', '|', '\n'];

/** Splits joined paths: `A > B; C > D`. Parts that aren’t paths have only their steps. */
export function joinedPaths(text: string, tree: readonly Option[]): string[][] | undefined {
  const labelOf = (written: string) =>
    findPath(stepsOf(written), tree) ?? pathInText(written, tree) ?? onlyPathTo(written, tree);
  return joinedParts(text, separators, labelOf)?.map(
    ({ written, label }: JoinedPart<string[]>) => label ?? stepsOf(written),
  );
}

const stepsOf = (written: string): string[] => written.split('>').map((step) => step.trim());
