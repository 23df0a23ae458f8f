import type { Json } from '#wire/json/json.ts';
import { describeValue, closestName, shorten, yesOrNo } from '#wire/text/words.ts';
import type { Fix, Path } from '#wire/problem.ts';
import type { Control, Option } from '#config/label-config.ts';

/** A message lists this many values, then counts the others. */
const maxListed = 6;

/** `“Positive”, “Negative” and 12 more`. */
export function listValues(values: readonly string[], last: 'or' | 'and' = 'or'): string {
  const names = values.slice(0, maxListed).map((value) => describeValue(value));
  const more = values.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)!}`;
}

/** The values that a control accepts. */
export interface AllowedValues {
  results: ReadonlySet<string>;
  names: readonly string[];
  /** Their names in a sentence. */
  inWords: string;
  /** From displayed names to result values, where they differ. */
  aliases: ReadonlyMap<string, string>;
}

const cache = new WeakMap<Control, AllowedValues>();

/** The labels or choices of a control; of nested choices, the top level only. */
export function allowedValuesOf(control: Control): AllowedValues {
  let accepted = cache.get(control);
  if (accepted === undefined) {
    accepted = toAllowedValues(control.options);
    cache.set(control, accepted);
  }
  return accepted;
}

export function allowedNames(list: readonly string[]): AllowedValues {
  const names = [...new Set(list)];
  return { results: new Set(names), names, inWords: listValues(names), aliases: new Map() };
}

export function toAllowedValues(options: readonly Option[]): AllowedValues {
  const names = [...new Set(options.map(({ result }) => result))];
  const aliases = new Map(
    options.filter(({ value, result }) => value !== result).map(({ value, result }) => [value, result]),
  );
  return { results: new Set(names), names, inWords: listValues(names), aliases };
}

/** The probably meant value: that of a displayed name, or the closest one. */
export function closestValue(
  given: string,
  { results, names, aliases }: Omit<AllowedValues, 'inWords'>,
): string | undefined {
  const aliased = aliases.get(given);
  if (aliased !== undefined && results.has(aliased)) return aliased;
  const trimmed = given.trim();
  if (results.has(trimmed)) return trimmed;
  const shown = closestWhole(given, names) ?? sameAnswer(given, names);
  if (shown !== undefined) return shown;
  const alias = aliases.size === 0 ? undefined : closestWhole(given, [...aliases.keys()]);
  return alias === undefined ? undefined : aliases.get(alias);
}

/** The closest name, unless it is one part of several: “Cats” isn’t meant by “Cats; B”. */
function closestWhole(given: string, names: readonly string[]): string | undefined {
  const name = closestName(given, names);
  if (name === undefined || !/[,;|/&+\n]/.test(given)) return name;
  const parts = given.split(/[,;|/&+\n]/).map((part) => part.trim().toLowerCase());
  const isOnePart = parts.filter((part) => part !== '').length > 1 && parts.includes(name.toLowerCase());
  return isOnePart ? undefined : name;
}

/** The label for yes or no, if there is one of each: “true” for a choice of “Yes” and “No”. */
function sameAnswer(given: string, names: readonly string[]): string | undefined {
  const meant = yesOrNo(given);
  if (meant === undefined) return undefined;
  const same = names.filter((name) => yesOrNo(name) === meant);
  return same.length === 1 && names.some((name) => yesOrNo(name) === !meant) ? same[0] : undefined;
}

/** The end of a message about an unknown value, and its fix. */
export function suggestValue(given: Json, accepted: AllowedValues, path: Path): { words: string; fix?: Fix } {
  const meant = typeof given === 'string' ? closestValue(given, accepted) : undefined;
  if (meant === undefined) return { words: `Accepted: ${accepted.inWords}.` };
  return {
    words: `Did you mean ${describeValue(meant)}?`,
    fix: { path, value: meant, words: `Use “${shorten(meant, 40)}”` },
  };
}
