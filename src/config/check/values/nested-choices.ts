import type { Json, JsonObject } from '#wire/json/json.ts';
import { describeValue, describeValueAtStart, shorten } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { listValues } from '#config/check/values/labels/allowed-values.ts';
import {
  closestPath,
  findPath,
  joinedPaths,
  onlyPathTo,
  pathInText,
} from '#config/check/values/labels/paths.ts';
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
    const path = paths.length > 1 ? findPath(paths, control.options) : undefined;
    const meant: Json = path ? [path] : paths.map((step) => onlyPathTo(step, control.options) ?? [step]);
    const message = `“${key}” must be a list of paths, each a list that starts at the top level: ${example}.`;
    const fix = { path: [key], value: meant, words: `Use ${shorten(JSON.stringify(meant), 60)}` };
    report('error', 'path-not-a-list', message, [key], fix);
    return;
  }
  if (control.optionsFromTask) reportTaskOptions(key, control, report);
  paths.forEach((_, index) => checkPath(paths, [key, index], control, example, report));
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
  paths: readonly Json[],
  at: [string, number],
  control: Control,
  example: string,
  report: Report,
): void {
  const path = paths[at[1]]!;
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
      if (!reportJoined(paths, steps, at, control, report))
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

/** Annotators may add entries to such a taxonomy, and the editor shows them. */
const severityOf = ({ attributes }: Control): 'warning' | 'error' =>
  isTrue(attributes, 'legacy') || isTrue(attributes, 'allowaddlabels') ? 'warning' : 'error';

const meantPath = (steps: readonly string[], { options }: Control): string[] | undefined =>
  (steps.length === 1 ? pathInText(steps[0]!, options) : undefined) ?? closestPath(steps, options);

/** Reports a text that joins several paths; false if it isn’t one. */
function reportJoined(
  paths: readonly Json[],
  steps: readonly string[],
  [key, index]: [string, number],
  control: Control,
  report: Report,
): boolean {
  const text = steps.join(' > ');
  const joined = meantPath(steps, control) ? undefined : joinedPaths(text, control.options);
  if (joined === undefined) return false;
  const start = `${describeValueAtStart(text)} joins several choices of “${control.name}” in one text`;
  if (control.tag !== 'Taxonomy' && control.choice === 'single') {
    report(severityOf(control), 'choices-joined', `${start}, which accepts one. Keep one.`, [key, index]);
    return true;
  }
  const words = listValues(
    joined.map((path) => path.join(' > ')),
    'and',
  );
  const fix = {
    path: [key],
    value: paths.toSpliced(index, 1, ...joined),
    words: `Use ${words}`,
    alike: 'Split joined choices',
  };
  report(severityOf(control), 'choices-joined', `${start}. Did you mean ${words}?`, [key, index], fix);
  return true;
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
  const meant = meantPath(steps, control);
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
  report(
    severityOf(control),
    'path-unknown',
    `There’s no ${describeValue(step)} ${above}. ${suggestion}`,
    [...at, depth],
    fix,
  );
}

function firstPath(options: readonly Option[]): string[] {
  const [first] = options;
  return first === undefined
    ? ['A', 'B']
    : [first.result, ...(first.children.length > 0 ? firstPath(first.children) : [])];
}
