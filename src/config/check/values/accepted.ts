import type { Json } from '#wire/json.ts';
import { found, nearest, shorten } from '#wire/words.ts';
import type { Fix, Path } from '#wire/problem.ts';
import type { Control, Option } from '#config/label-config.ts';

/** A message lists this many values, then counts the others. */
const maxNamed = 6;

/** `“Positive”, “Negative” and 12 more`. */
export function listed(values: readonly string[]): string {
  const names = values.slice(0, maxNamed).map((value) => found(value));
  const more = values.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}`;
}

/** The values that a control accepts. */
export interface Accepted {
  results: ReadonlySet<string>;
  names: readonly string[];
  /** From displayed names to result values, where they differ. */
  aliases: ReadonlyMap<string, string>;
}

const cache = new WeakMap<Control, Accepted>();

/** The labels or choices of a control; of nested choices, the top level only. */
export function acceptedBy(control: Control): Accepted {
  let accepted = cache.get(control);
  if (accepted === undefined) {
    accepted = acceptedOf(control.options);
    cache.set(control, accepted);
  }
  return accepted;
}

export function acceptedOf(options: readonly Option[]): Accepted {
  const names = [...new Set(options.map(({ result }) => result))];
  const aliases = new Map(
    options.filter(({ value, result }) => value !== result).map(({ value, result }) => [value, result]),
  );
  return { results: new Set(names), names, aliases };
}

/** The value that was probably meant: that of a displayed name, or the closest one. */
export function meantBy(given: string, { results, names, aliases }: Accepted): string | undefined {
  const aliased = aliases.get(given);
  if (aliased !== undefined && results.has(aliased)) return aliased;
  const trimmed = given.trim();
  if (results.has(trimmed)) return trimmed;
  const shown = nearest(given, names);
  if (shown !== undefined) return shown;
  const alias = nearest(given, [...aliases.keys()]);
  return alias === undefined ? undefined : aliases.get(alias);
}

/** The end of a message about an unknown value, and its fix. */
export function suggest(given: Json, accepted: Accepted, path: Path): { words: string; fix?: Fix } {
  const meant = typeof given === 'string' ? meantBy(given, accepted) : undefined;
  if (meant === undefined) return { words: `Accepted: ${listed(accepted.names)}.` };
  return {
    words: `Did you mean ${found(meant)}?`,
    fix: { path, value: meant, words: `Use “${shorten(meant, 40)}”` },
  };
}
