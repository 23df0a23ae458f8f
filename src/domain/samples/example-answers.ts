import { formatOf, dateFormat, type DateParts } from '#config/date-format.ts';
import { numberAttribute, type Control, type Option } from '#config/label-config.ts';
import { findTag } from '#config/control-tags.ts';
import type { Json } from '#wire/json.ts';

/** Stands for an option that only the task knows. */
const optionOfTask = 'An option of the task';

/**
 * Valid answers of a control that is answered rather than drawn with: what stands under its own key in `value`. Where it
 * has options, each of the first `most` stands in one of them; of several that can be picked, two stand together, so
 * that one sees how. Nothing where no valid answer is known.
 */
export function exampleAnswers(control: Control, most = 20): Json[] {
  if (control.tag === 'Choices' || control.tag === 'Taxonomy') return picks(control, most);
  const answer = candidates(control).find((candidate) => isFine(candidate, control));
  return answer === undefined ? [] : [answer];
}

/** How many options a control has: of a tree, those that can be picked. */
export function countOptions(control: Control): number {
  return optionsOf(control).length;
}

function picks(control: Control, most: number): Json[] {
  const options = optionsOf(control).slice(0, most);
  if (options.length === 0)
    return control.optionsFromTask ? [[control.isNested ? [optionOfTask] : optionOfTask]] : [];
  const [first, second, ...others] = options;
  const together = second !== undefined && [first!, second];
  const singly = (some: Json[]): Json[] => some.map((one) => [one]);
  if (together && takesSeveral(control)) return [together, ...singly(others)];
  return singly(options);
}

function takesSeveral(control: Control): boolean {
  if (control.tag === 'Taxonomy') return (numberAttribute(control, 'maxusages') ?? 2) > 1;
  return control.choice === 'multiple';
}

/** What can be picked, in results' words: texts, or paths down to what has nothing below it. */
function optionsOf({ options, isNested }: Control): Json[] {
  const fixed = options.filter(({ result }) => !result.startsWith('$'));
  if (!isNested) return [...new Set(fixed.map(({ result }) => result))];
  const paths = new Map(leaves(fixed, []).map((path) => [JSON.stringify(path), path]));
  return [...paths.values()];
}

function leaves(options: readonly Option[], above: readonly string[]): string[][] {
  return options.flatMap(({ result, children }) =>
    children.length === 0 ? [[...above, result]] : leaves(children, [...above, result]),
  );
}

/** The nicest first. The check itself says which of them the control takes. */
function candidates(control: Control): Json[] {
  switch (control.tag) {
    case 'Rating':
      return [4, Math.floor(numberAttribute(control, 'maxrating') ?? 5), 1];
    case 'Number':
      return numbers(control);
    case 'DateTime':
      return dates(control);
    case 'TextArea':
      return [['A short note']];
    case 'Pairwise':
      return ['left'];
    default:
      return [];
  }
}

function numbers(control: Control): number[] {
  const min = numberAttribute(control, 'min');
  const max = numberAttribute(control, 'max');
  const step = numberAttribute(control, 'step') ?? 1;
  const from = min ?? 0;
  const onStep = (number: number) =>
    Number((from + Math.floor((number - from) / step) * step).toPrecision(12));
  const ends = [min, max].filter((end) => end !== undefined);
  return [5, onStep(5), ...ends, ...ends.map(onStep), from + step, 1, 0];
}

const someDay: DateParts = { year: 2026, month: 8, day: 1, hour: 9, minute: 30, second: 0 };

/** Some day, or one as near to the bounds as they need it. They are an ISO date or a year. */
function dates(control: Control): string[] {
  const { min, max } = control.attributes;
  const ends = [min, max].flatMap((end) => {
    const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(end ?? '') ?? [];
    return year === undefined
      ? []
      : [{ ...someDay, year: Number(year), month: Number(month), day: Number(day) }];
  });
  const near = ends.flatMap((end) => [
    end,
    { ...end, month: 12, day: 31 },
    { ...end, year: end.year - 1 },
    { ...end, year: end.year + 1 },
  ]);
  const format = dateFormat(formatOf(control));
  return [someDay, ...near].flatMap((parts) => format?.write(parts) ?? []);
}

/** Whether the check has nothing against it. */
function isFine(answer: Json, control: Control): boolean {
  const tag = findTag(control.tag)!;
  let isFine = true;
  tag.check({ [tag.keys[0]!]: answer }, control, (severity) => {
    if (severity !== 'info') isFine = false;
  });
  return isFine;
}
