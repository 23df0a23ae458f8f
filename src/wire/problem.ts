import { limits } from './limits.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { Json } from '#wire/json/json-value.ts';
import { excerpt } from '#wire/text/words.ts';

/**
 * - `error`: keeps its request from being sent. The server refuses it, the editor fails on it or loses it, or the
 *   documents rule it out
 * - `warning`: can be sent, but is hardly meant; or editor and documents leave it open
 * - `info`: worth knowing, for example what could not be checked
 */
export type Severity = 'error' | 'warning' | 'info';

/** Steps into a JSON value: `['result', 0, 'value']`. */
export type Path = (string | number)[];

/** A path for a screen: the keys of a text that isn’t a batch may have many megabytes. */
export const shortPath = (path: Path): Path =>
  path.map((step) => (typeof step === 'string' ? excerpt(step, limits.shownUnits) : step));

/** A change that fixes a problem: put `value` at `path`. */
export interface Fix {
  path: Path;
  value: Json;
  /** For the button: `Use “Positive”`. */
  words: string;
  /** For the button that fixes all problems of this kind, though each gets another value: `Use decimal points`. */
  alike?: string;
  /** Another change of the same place, where only a person knows which one is right. */
  or?: Omit<Fix, 'path' | 'or'>;
}

/** Where a problem is. */
export interface Place {
  /** Which entry of the source, from 0; undefined where the source as a whole is meant. */
  entry?: number;
  /** Inside that entry. */
  path: Path;
  /** Set to point at the name that the path ends with, not at its value. */
  of?: 'key';
  /** The control that is meant, where the result has no region of it to point at. */
  control?: string;
  /** Where in the text, if that is known already: UTF-16 units of a JSON text, bytes of a source. */
  span?: Span;
  /** A second place that belongs to it, in the units of `span`; `words` lead up to it: "The first one is" (line 3, column 5). */
  related?: { offset: number; words: string };
}

/** Something wrong, or worth saying. Problems point at rows and never change them. */
export interface Problem extends Place {
  /** A sentence in short, stable: `task-id-not-whole`. */
  code: string;
  severity: Severity;
  /** What was found and what would be right, in words for people. */
  message: string;
  fix?: Fix;
}

/** A problem whose place in the text is known. */
export interface PlacedProblem extends Problem {
  /** Offsets into the text, in UTF-16 units: where to put the cursor, what to underline. */
  from: number;
  to: number;
  /** Both from 1; a column counts UTF-16 units, as editors do. */
  line: number;
  column: number;
  /** With a fix: how many problems of the batch the same fix solves, this one included. */
  alike?: number;
}

/** Takes one problem. Its path and that of its fix start where the caller is, as `within` sets it. */
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

/** The same, from further in: for the value at `steps`. */
export function within(report: Report, ...steps: Path): Report {
  return (severity, code, message, path, fix, control) => {
    const inner = fix === undefined ? undefined : { ...fix, path: [...steps, ...fix.path] };
    report(severity, code, message, [...steps, ...path], inner, control);
  };
}
