import { limits } from '#wire/limits.ts';
import { firstUnits, shorten } from '#wire/text/words.ts';

/** A task’s data as a screen shows it. */
export interface ShownTask {
  /** At most `limits.shownTaskFields`. */
  fields: { name: string; text: string; /** Of the whole text, if it is cut. */ length?: number }[];
  /** Number of further fields. */
  more: number;
}

/** A task’s data as text: fields in `first` before the others, without those in `except`. */
export function shownTask(
  data: Readonly<Record<string, unknown>>,
  { first = [], except = [] }: { first?: readonly string[]; except?: readonly string[] },
): ShownTask {
  const own = first.filter((key) => Object.hasOwn(data, key));
  const names = [...new Set([...own, ...Object.keys(data)])].filter((name) => !except.includes(name));
  return {
    fields: names.slice(0, limits.shownTaskFields).map((name) => {
      const value = data[name];
      const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
      const isCut = text.length > limits.shownTaskUnits;
      return {
        name: shorten(name, limits.shownUnits),
        text: isCut ? firstUnits(text, limits.shownTaskUnits) : text,
        ...(isCut && { length: text.length }),
      };
    }),
    more: Math.max(0, names.length - limits.shownTaskFields),
  };
}
