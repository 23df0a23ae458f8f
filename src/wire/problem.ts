import { limits } from './limits.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Json } from '#wire/json/json-value.ts';
import { excerpt } from '#wire/text/words.ts';

/**
 * - `error`: the request isn’t sent, because the server refuses it, the editor fails on it or loses data, or the
 *   documentation forbids it
 * - `warning`: can be sent, but is probably a mistake, or editor and documentation leave it open
 * - `info`: worth knowing, for example what wasn’t checked
 */
export type Severity = 'error' | 'warning' | 'info';

/** Steps into a JSON value: `['result', 0, 'value']`. */
export type Path = (string | number)[];

/** A path for a screen, with long keys cut: an invalid text can have keys of many megabytes. */
export const shortPath = (path: Path): Path =>
  path.map((step) => (typeof step === 'string' ? excerpt(step, limits.shownUnits) : step));

/** A fix for a problem: put `value` at `path`. */
export interface Fix {
  path: Path;
  value: Json;
  /** The button’s text: `Use “Positive”`. */
  words: string;
  /** The text of the button that fixes all problems of this kind, with different values: `Use decimal points`. */
  alike?: string;
  /** An alternative value, if only a person knows which one is right. */
  or?: Omit<Fix, 'path' | 'or'>;
}

/** The place of a problem. */
export interface Place {
  /** Index of the entry, from 0; undefined for the whole source. */
  entry?: number;
  /** Path inside the entry. */
  path: Path;
  /** Set to point at the last key of the path instead of its value. */
  of?: 'key';
  /** The control, if the result has no region of it to point at. */
  control?: string;
  /** The place in the text, if known: UTF-16 units of a JSON text, bytes of a source. */
  span?: Span;
  /** A related second place in the units of `span`; `words` introduce it: “The first one is” (line 3, column 5). */
  related?: { offset: number; words: string };
}

/** A problem or a note. Problems point at rows and never change them. */
export interface Problem extends Place {
  /** A stable, short sentence: `task-id-not-whole`. */
  code: string;
  severity: Severity;
  /** What is wrong and what would be right, in words for people. */
  message: string;
  fix?: Fix;
}

/** A problem with its place in the text. */
export interface PlacedProblem extends Problem {
  /** Offsets in the text in UTF-16 units, for the cursor and the underline. */
  from: number;
  to: number;
  /** From 1; columns count UTF-16 units, as editors do. */
  line: number;
  column: number;
  /** With a fix: the number of problems that the same fix solves, including this one. */
  alike?: number;
}

/** Reports a problem. Paths start at the reporter’s position, as set by `within`. */
export type Report = (
  severity: Severity,
  code: string,
  message: string,
  path: Path,
  fix?: Fix,
  control?: string,
) => void;

/** Reports into a list. */
export function reportTo(problems: Problem[]): Report {
  return (severity, code, message, path, fix, control) => {
    const problem: Problem = { code, severity, message, path };
    if (fix !== undefined) problem.fix = fix;
    if (control !== undefined) problem.control = control;
    problems.push(problem);
  };
}

/** The same for the value at `steps`. */
export function within(report: Report, ...steps: Path): Report {
  return (severity, code, message, path, fix, control) => {
    const inner = fix === undefined ? undefined : { ...fix, path: [...steps, ...fix.path] };
    report(severity, code, message, [...steps, ...path], inner, control);
  };
}
