import type { Json, JsonObject } from '#wire/json.ts';

/** Something wrong with one result, with its place inside it. */
export interface ResultProblem {
  /** A sentence in short, stable: `choice-unknown`. */
  code: string;
  /**
   * - `error`: the editor throws on it, loses it, or would not let it be submitted, or it breaks what is documented
   * - `warning`: the editor draws it without a word, and it is hardly meant; or editor and documents leave it open
   * - `info`: what could not be checked
   */
  severity: 'error' | 'warning' | 'info';
  message: string;
  /** Inside the result: `[0, 'value', 'choices', 0]`. */
  path: Path;
  /** The control that is meant, where no region of it is there to point at. */
  control?: string;
  fix?: Fix;
}

/** A change that mends it: put `value` at `path`. */
export interface Fix {
  path: Path;
  value: Json;
  /** For the button: `Use “Positive”`. */
  words: string;
}

export type Path = (string | number)[];

/** Takes one problem; its path and that of its fix lead on from where the caller stands. */
export interface Say {
  (
    severity: ResultProblem['severity'],
    code: string,
    message: string,
    path: Path,
    fix?: Fix,
    control?: string,
  ): void;
}

/** The same, standing further in. */
export function within(say: Say, ...steps: Path): Say {
  return (severity, code, message, path, fix) =>
    say(
      severity,
      code,
      message,
      [...steps, ...path],
      fix === undefined ? undefined : { ...fix, path: [...steps, ...fix.path] },
    );
}

/** One region and its place in the result. */
export interface Item {
  index: number;
  region: JsonObject;
}

export interface CheckOptions {
  /** A skip need not answer what is required. */
  isSkipped?: boolean;
  /** Whether it is meant for the bulk route, which is documented for six kinds of answers only. */
  isForBulk?: boolean;
}
