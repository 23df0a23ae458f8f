import type { Span } from '#wire/json-skip.ts';
import type { Fix } from '#config/check/result-problem.ts';

/** Something wrong (or worth saying), with its place. Problems point at rows; rows stay as they came. */
export interface Problem {
  /** A sentence in short, stable: `task-id-not-whole`. */
  code: string;
  /** An error keeps its request from being sent. */
  severity: Severity;
  /** What was found and what would be right, in words for people. */
  message: string;
  /** Which request of the source, from 0; none where the source as a whole is meant. */
  entry?: number;
  /** Where inside that request: `['result', 0, 'value']`. */
  path: Path;
  /** The control that is meant, where no region of it is there to point at. */
  control?: string;
  /** A change that mends it, its place inside the same request. */
  fix?: Fix;
}

export type Severity = 'error' | 'warning' | 'info';
export type Path = (string | number)[];

/** A problem whose place in the text is known. */
export interface PlacedProblem extends Problem {
  /** Offsets into the text, in UTF-16 code units: where to put the cursor, what to underline. */
  from: number;
  to: number;
  /** Both from 1; a column counts UTF-16 code units, as editors do. */
  line: number;
  column: number;
  /** Where it has a fix: how many problems of the batch the same fix would mend, this one included. */
  alike?: number;
}

/** A problem, and where it stands if that is known already. */
export interface Finding extends Problem {
  /** What to point at: the value at the path, or the name that leads to it. */
  of: 'value' | 'key';
  /** In bytes of the source. */
  span?: Span;
  /** A second place that belongs to it: "The first one is" (line 3, column 5). */
  also?: { offset: number; words: string };
}
