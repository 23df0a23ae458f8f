import { checkResult } from '#config/check-result.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { ResultProblem } from '#config/result-problem.ts';
import type { Json, JsonObject } from '#wire/json.ts';
import type { Findings } from './findings.ts';

/** The labelling config that a request's regions must fit. */
export type ConfigOf = (request: JsonObject) => KnownConfig | UnknownConfig;

export interface KnownConfig {
  config: LabelConfig;
  /** Whether its requests go to the bulk endpoint, which is documented for six kinds of answers only. */
  isForBulk: boolean;
}

export interface UnknownConfig {
  config?: undefined;
  /** Why it is not known, as a sentence without its full stop. */
  why: string;
}

interface CheckedResult {
  config: LabelConfig;
  isSkipped: boolean;
  problems: ResultProblem[];
}

/** Checks the regions of requests against the labelling configs of their projects. */
export class ConfigCheck {
  private readonly findings: Findings;
  private readonly configOf: ConfigOf;
  /** What is true of a control rather than of one region is said once. */
  private readonly said = new Set<string>();
  private readonly reasons = new Set<string>();
  private readonly checked = new WeakMap<Json[], CheckedResult>();

  constructor(findings: Findings, configOf: ConfigOf) {
    this.findings = findings;
    this.configOf = configOf;
  }

  /** False where the config is not known, so that nothing was checked. */
  check(request: JsonObject, entry: number): boolean {
    const { result, was_cancelled: wasCancelled } = request;
    if (!Array.isArray(result)) return false;
    const known = this.configOf(request);
    if (known.config === undefined) {
      this.reasons.add(known.why);
      return false;
    }
    for (const problem of this.problemsOf(known, result, wasCancelled === true)) {
      const { code, severity, message, path, control, fix } = problem;
      // A region that is no object is wrong with or without a config, so it was said already.
      if (code === 'region-not-an-object') continue;
      if (severity === 'info' && this.said.has(message)) continue;
      if (severity === 'info') this.said.add(message);
      this.findings.add({
        code,
        severity,
        message,
        entry,
        path: ['result', ...path],
        of: code === 'value-key-unknown' ? 'key' : 'value',
        ...(control !== undefined && { control }),
        ...(fix !== undefined && { fix: { ...fix, path: ['result', ...fix.path] } }),
      });
    }
    return true;
  }

  /** Rows of a table that say the same share one result, which is checked once. */
  private problemsOf(
    { config, isForBulk }: KnownConfig,
    result: Json[],
    isSkipped: boolean,
  ): ResultProblem[] {
    const before = this.checked.get(result);
    if (before?.config === config && before.isSkipped === isSkipped) return before.problems;
    const problems = checkResult(config, result, { isForBulk, isSkipped });
    this.checked.set(result, { config, isSkipped, problems });
    return problems;
  }

  /** What could not be checked, and why. */
  get notChecked(): string[] {
    return [...this.reasons];
  }
}
