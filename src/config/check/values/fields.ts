import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { capital, describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { spelledNumber } from '#wire/text/spelled-number.ts';
import type { Path, Report } from '#wire/problem.ts';

/** The valid range of a number. */
export interface Limits {
  min?: number | undefined;
  max?: number | undefined;
  whole?: boolean;
  /** Its name in messages, if the key is not clear enough: `the rating`. */
  name?: string;
}

/** Percentages have many digits, and the last ones are rarely exact. */
const tolerance = 1e-3;

export const percent: Limits = { min: 0, max: 100 };

export function numberOf(value: Json | undefined): number | undefined {
  if (value instanceof ExactNumber) return Number(value.text);
  return typeof value === 'number' ? value : undefined;
}

/**
 * The number at this key; undefined after reporting a problem. The editor throws on a number in quotes: seen on Label
 * Studio 1.23.2 for ratings, widths and heights.
 */
export function readNumber(
  value: JsonObject,
  key: string,
  limits: Limits,
  report: Report,
): number | undefined {
  const given = value[key];
  // Fast path: nearly all numbers are valid, and there may be millions.
  if (typeof given === 'number' && isWithin(given, limits)) return given;
  const name = limits.name ?? `“${key}”`;
  if (given === undefined) {
    report('error', 'value-key-missing', `${capital(name)} is missing. ${expectation(limits)}`, []);
    return undefined;
  }
  return checkNumber(given, [key], name, limits, report);
}

function isWithin(number: number, { min = -Infinity, max = Infinity, whole = false }: Limits): boolean {
  return number >= min && number <= max && (whole ? Number.isInteger(number) : Number.isFinite(number));
}

/** The same for a number that may be missing or null. */
export function readOptionalNumber(
  value: JsonObject,
  key: string,
  limits: Limits,
  report: Report,
): number | undefined {
  return (value[key] ?? null) === null ? undefined : readNumber(value, key, limits, report);
}

export function checkNumber(
  given: Json,
  path: Path,
  name: string,
  limits: Limits,
  report: Report,
): number | undefined {
  const number = numberOf(given);
  if (number === undefined || !Number.isFinite(number)) {
    const meant = typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN;
    if (Number.isFinite(meant)) {
      const message = `${capital(name)} must be a number without quotes. Use ${meant}, not ${describeValue(given)}.`;
      const fix = { path, value: meant, words: `Use ${meant}`, alike: 'Use plain numbers' };
      report('error', 'value-number-in-quotes', message, path, fix);
    } else {
      const meanings = typeof given === 'string' ? spelledNumber(given) : [];
      // For a range of 10 to 20, 12,500 can only mean 12.5.
      const fitting = meanings.filter((meaning) => isWithin(meaning, limits));
      const [one, other] = fitting.length === 1 ? fitting : meanings;
      const isClear = one !== undefined && other === undefined;
      const suggestion = isClear
        ? `Did you mean ${one}?`
        : one === undefined
          ? expectation(limits)
          : `It may mean ${one} or ${other}: write it without its mark, or with a decimal point.`;
      const fix = isClear ? { path, value: one, words: `Use ${one}`, alike: 'Use plain numbers' } : undefined;
      report(
        'error',
        'value-not-a-number',
        `${describeValueAtStart(given)} isn’t a number. ${suggestion}`,
        path,
        fix,
      );
    }
    return undefined;
  }
  const { min = -Infinity, max = Infinity, whole = false } = limits;
  if (whole && !Number.isInteger(number)) {
    report(
      'error',
      'value-not-whole',
      `${describeValue(given)} isn’t a whole number. ${expectation(limits)}`,
      path,
    );
  } else if (number < min - (whole ? 0 : tolerance)) {
    report(
      'error',
      'value-too-small',
      `${describeValue(given)} is too small for ${name}. ${expectation(limits)}`,
      path,
    );
  } else if (number > max + (whole ? 0 : tolerance)) {
    report(
      'error',
      'value-too-large',
      `${describeValue(given)} is too large for ${name}. ${expectation(limits)}`,
      path,
    );
  } else {
    return number;
  }
  return undefined;
}

function expectation({ min, max, whole }: Limits): string {
  const kind = whole ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined) return `Use ${kind} from ${min} to ${max}.`;
  if (min !== undefined) return `Use ${kind} of at least ${min}.`;
  if (max !== undefined) return `Use ${kind} of at most ${max}.`;
  return `Use ${kind}.`;
}

/** The list at this key; undefined after reporting a problem. */
export function readList(
  value: JsonObject,
  key: string,
  example: string,
  report: Report,
): Json[] | undefined {
  const given = value[key];
  if (Array.isArray(given)) return given;
  if (given === undefined) {
    report('error', 'value-key-missing', `“${key}” is missing. Use a list such as ${example}.`, []);
  } else {
    report(
      'error',
      'value-not-a-list',
      `“${key}” must be a list such as ${example}, not ${describeValue(given)}.`,
      [key],
    );
  }
  return undefined;
}

/** The text at this key; undefined after reporting a problem. `hint` describes valid text. */
export function readText(value: JsonObject, key: string, hint: string, report: Report): string | undefined {
  const given = value[key];
  if (typeof given === 'string') return given;
  if (given === undefined) {
    report('error', 'value-key-missing', `“${key}” is missing. ${hint}`, []);
  } else {
    const number = numberOf(given);
    const fix =
      number === undefined ? undefined : { path: [key], value: String(number), words: `Use “${number}”` };
    report(
      'error',
      'value-not-text',
      `“${key}” must be text in quotes, not ${describeValue(given)}. ${hint}`,
      [key],
      fix,
    );
  }
  return undefined;
}

export function checkBoolean(value: JsonObject, key: string, report: Report): void {
  const given = value[key];
  if (given === undefined || given === null || typeof given === 'boolean') return;
  report('error', 'value-not-true-or-false', `“${key}” must be true or false, not ${describeValue(given)}.`, [
    key,
  ]);
}

/** Refuses null where the editor has a default, because it drops the region: the models in its `regions`. */
export function refuseNull(value: JsonObject, key: string, instead: number | boolean, report: Report): void {
  if (value[key] !== null) return;
  const message = `The editor drops a region whose “${key}” is null. Use ${instead}, or leave it out.`;
  report('error', 'value-null', message, [key], { path: [key], value: instead, words: `Use ${instead}` });
}

/** The objects of a list with their indexes; reports all other items. */
export function objectsOf(
  list: Json[],
  key: string,
  example: string,
  report: Report,
): [JsonObject, number][] {
  return list.flatMap((item, index): [JsonObject, number][] => {
    if (isJsonObject(item)) return [[item, index]];
    const message = `Each item of “${key}” must be an object such as ${example}, not ${describeValue(item)}.`;
    report('error', 'value-not-an-object', message, [key, index]);
    return [];
  });
}
