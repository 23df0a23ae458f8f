import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';
import type { Column } from '#domain/parse/columns/records.ts';

/**
 * The columns’ names on screen and in import settings, all different: `mood` and `mood (2)`, or `Column 3` without a name.
 * Cut, because an invalid table may have names of many megabytes.
 */
export function columnNames(columns: readonly Column[]): string[] {
  const names = columns.map(({ name }, column) =>
    name.trim() === '' ? `Column ${column + 1}` : excerpt(name, limits.shownUnits),
  );
  const taken = new Set(names);
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let number = (numbers.get(name) ?? 0) + 1;
    if (number > 1) while (taken.has(numbered(name, number))) number += 1;
    numbers.set(name, number);
    return number === 1 ? name : numbered(name, number);
  });
}

const numbered = (name: string, number: number): string => `${name} (${number})`;
