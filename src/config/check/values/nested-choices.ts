import type { Json, JsonObject } from '#wire/json/json.ts';
import { describeValue, shorten } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { toAllowedValues, listValues, closestValue } from '#config/check/values/labels/allowed-values.ts';
import { isTrue, numberAttribute, type Control, type Option } from '#config/label-config.ts';
import { checkCount, wordings, reportTaskOptions } from './choices-and-labels.ts';
import { readList } from './fields.ts';

/**
 * Paths of Taxonomy and of Choices with `allowNested`. A step is the alias if there is one: `traverse` of the editor's
 * `tags/control/Taxonomy/Taxonomy.jsx`, `resultValue` of `Choice.jsx`.
 */
export function checkNestedChoices(value: JsonObject, key: string, control: Control, report: Report): void {
  const example = JSON.stringify([firstPath(control.options)]);
  const paths = readList(value, key, example, report);
  if (paths === undefined) return;
  const isFlat = paths.length > 0 && paths.every((step) => typeof step === 'string');
  if (isFlat) {
    const steps = paths;
    const isPath = steps.length > 1 && pathExists(steps, control.options);
    const meant: Json = isPath ? [steps] : steps.map((step) => pathTo(step, control.options) ?? [step]);
    const message = `“${key}” must be a list of paths, each a list that starts at the top level: ${example}.`;
    const fix = { path: [key], value: meant, words: `Use ${shorten(JSON.stringify(meant), 60)}` };
    report('error', 'path-not-a-list', message, [key], fix);
    return;
  }
  if (control.optionsFromTask) reportTaskOptions(key, control, report);
  paths.forEach((path, index) => checkPath(path, [key, index], control, example, report));
  // A Taxonomy ignores `choice`.
  checkCount(
    paths,
    key,
    control.tag === 'Taxonomy' ? { ...control, choice: 'multiple' } : control,
    wordings.choice,
    report,
  );
  const most = control.tag === 'Taxonomy' ? (numberAttribute(control, 'maxusages') ?? 0) : 0;
  if (most > 0 && paths.length > most) {
    // `validate` of the editor's `tags/control/Taxonomy/Taxonomy.jsx`.
    const message = `“${control.name}” accepts at most ${most}, but there are ${paths.length}. The editor won’t submit more.`;
    report('error', 'paths-too-many', message, [key]);
  }
}

function checkPath(
  path: Json,
  at: [string, number],
  control: Control,
  example: string,
  report: Report,
): void {
  if (!Array.isArray(path) || path.length === 0 || !path.every((step) => typeof step === 'string')) {
    report(
      'error',
      'path-not-a-list',
      `A path must be a list of text as in ${example}, not ${describeValue(path)}.`,
      at,
    );
    return;
  }
  if (control.optionsFromTask || control.options.length === 0) return;
  const steps = path;
  let options = control.options;
  for (const [depth, step] of steps.entries()) {
    const option = options.find(({ result }) => result === step);
    if (option === undefined) {
      reportUnknownStep(steps, depth, options, at, control, report);
      return;
    }
    options = option.children;
  }
  if (options.length > 0 && isTrue(control.attributes, 'leafsonly')) {
    const below = listValues(options.map(({ result }) => result));
    const message = `“${control.name}” only accepts entries on the lowest level. Go on from ${describeValue(steps.at(-1)!)} to ${below}.`;
    report('error', 'path-not-to-a-leaf', message, at);
  }
}

/** The editor shows an unknown path as no choice: seen on Label Studio 1.23.2. */
function reportUnknownStep(
  steps: string[],
  depth: number,
  options: readonly Option[],
  at: [string, number],
  control: Control,
  report: Report,
): void {
  const step = steps[depth]!;
  const above = depth === 0 ? `at the top of “${control.name}”` : `under ${describeValue(steps[depth - 1]!)}`;
  // Annotators may add entries to such a taxonomy, and the editor shows them.
  const mayBeAdded = isTrue(control.attributes, 'legacy') || isTrue(control.attributes, 'allowaddlabels');
  const meant =
    (depth === 0 && steps.length === 1 && pathInText(step, control.options)) ||
    closestPath(steps, control.options);
  const accepted = options.map(({ result }) => result);
  const suggestion =
    meant !== undefined
      ? `Did you mean ${meant.map((one) => describeValue(one)).join(' → ')}?`
      : accepted.length > 0
        ? `Accepted: ${listValues(accepted)}.`
        : 'It has no entries under it.';
  const fix =
    meant === undefined
      ? undefined
      : { path: at, value: meant, words: `Use “${shorten(meant.join(' / '), 40)}”` };
  const severity = mayBeAdded ? 'warning' : 'error';
  report(
    severity,
    'path-unknown',
    `There’s no ${describeValue(step)} ${above}. ${suggestion}`,
    [...at, depth],
    fix,
  );
}

/** The probably meant path: the closest match per step, or the full path of an entry given alone. */
export function closestPath(steps: readonly string[], tree: readonly Option[]): string[] | undefined {
  const path: string[] = [];
  let options = tree;
  for (const step of steps) {
    const accepted = toAllowedValues(options);
    const result = accepted.results.has(step) ? step : closestValue(step, accepted);
    const option = options.find((one) => one.result === result);
    if (option === undefined) return pathTo(steps.at(-1)!, tree);
    path.push(option.result);
    options = option.children;
  }
  return path;
}

/** What people and programs write between the steps of a path. */
const stepMarks = ['/', '>', '→', '->', '::', ':', '\\', '|', '.', ' - '];

/** The path that a text names, such as `Animal/Cat`. */
function pathInText(text: string, tree: readonly Option[]): string[] | undefined {
  const splits = stepMarks.map((mark) => text.split(mark).map((step) => step.trim()));
  return splits.find((steps) => steps.length > 1 && pathExists(steps, tree));
}

/** The path of the only entry with this name. */
function pathTo(name: string, tree: readonly Option[]): string[] | undefined {
  const paths: string[][] = [];
  const walk = (options: readonly Option[], above: string[]): void => {
    for (const { result, value, children } of options) {
      const path = [...above, result];
      if (result === name || value === name) paths.push(path);
      walk(children, path);
    }
  };
  walk(tree, []);
  return paths.length === 1 ? paths[0] : undefined;
}

function pathExists(steps: readonly string[], tree: readonly Option[]): boolean {
  let options: readonly Option[] | undefined = tree;
  for (const step of steps) {
    options = options.find(({ result }) => result === step)?.children;
    if (options === undefined) return false;
  }
  return true;
}

function firstPath(options: readonly Option[]): string[] {
  const [first] = options;
  return first === undefined
    ? ['A', 'B']
    : [first.result, ...(first.children.length > 0 ? firstPath(first.children) : [])];
}
