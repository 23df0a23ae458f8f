import { formatOf, dateFormat, type DateParts } from '#config/date-format.ts';
import { numberAttribute, type Control, type Option } from '#config/label-config.ts';
import { findTag } from '#config/control-tags.ts';
import type { Json } from '#wire/json/json.ts';

/** Placeholder if each task defines the options. */
const optionOfTask = 'An option of the task';

/**
 * Valid answers of an answer control, as its key in `value` contains them. They use each of the first `max` options; a
 * multiple choice starts with two together as an example. Empty if no valid answer is known.
 */
export function exampleAnswers(control: Control, max = 20): Json[] {
  if (control.tag === 'Choices' || control.tag === 'Taxonomy') return picks(control, max);
  const answer = candidates(control).find((candidate) => isValid(candidate, control));
  return answer === undefined ? [] : [answer];
}

/** Counts the options of a control; of a tree, only its leaves. */
export function countOptions(control: Control): number {
  return optionsOf(control).length;
}

function picks(control: Control, max: number): Json[] {
  const options = optionsOf(control).slice(0, max);
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

/** Options as written in results: texts, or paths to the leaves of a tree. */
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

/** Candidates, the most natural first; `isValid` picks one. */
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

const exampleDay: DateParts = { year: 2026, month: 8, day: 1, hour: 9, minute: 30, second: 0 };

/** A fixed day, then days near the bounds, which are ISO dates or years. */
function dates(control: Control): string[] {
  const { min, max } = control.attributes;
  const ends = [min, max].flatMap((end) => {
    const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(end ?? '') ?? [];
    return year === undefined
      ? []
      : [{ ...exampleDay, year: Number(year), month: Number(month), day: Number(day) }];
  });
  const near = ends.flatMap((end) => [
    end,
    { ...end, month: 12, day: 31 },
    { ...end, year: end.year - 1 },
    { ...end, year: end.year + 1 },
  ]);
  const format = dateFormat(formatOf(control));
  return [exampleDay, ...near].flatMap((parts) => format?.write(parts) ?? []);
}

/** True if the check reports no error or warning. */
function isValid(answer: Json, control: Control): boolean {
  const tag = findTag(control.tag)!;
  let isValid = true;
  tag.check({ [tag.keys[0]!]: answer }, control, (severity) => {
    if (severity !== 'info') isValid = false;
  });
  return isValid;
}
