import { findVariablePaths as variationsOfResult } from '#config/check/variable-paths.ts';
import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { Path } from '#wire/problem.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { checkRequest } from '#domain/validate/check-request.ts';

/** Paths whose values may change without changing the verdict on a request; see `config/check/variable-paths.ts`. */
export interface VariablePaths {
  numbers: readonly Path[];
  texts: readonly Path[];
  ids: readonly Path[];
  /** Whether the request is still valid after other numbers were written into it. */
  isStillValid: () => boolean;
}

const none: VariablePaths = { numbers: [], texts: [], ids: [], isStillValid: () => true };

/** Finds none in an invalid request: its problems may quote any of its values. */
export function findVariablePaths(request: JsonObject, configOf?: ConfigOf): VariablePaths {
  const { result } = request;
  if (!Array.isArray(result)) return none;
  if (checkRequest({ ...request, task: 1 }, configOf).problems.some(({ severity }) => severity !== 'info'))
    return none;
  const known = configOf?.(request);
  if (known?.config === undefined) return withTime(request, withoutConfig(result));
  const { numbers, texts, ids, isStillValid } = variationsOfResult(known.config, result);
  const inResult = (path: Path): Path => ['result', ...path];
  return withTime(request, {
    numbers: numbers.map(inResult),
    texts: texts.map(inResult),
    ids: ids.map(inResult),
    isStillValid,
  });
}

/** Adds `lead_time`, which may be any number from 0. */
function withTime(request: JsonObject, variations: VariablePaths): VariablePaths {
  if (typeof request['lead_time'] !== 'number') return variations;
  return {
    ...variations,
    numbers: [...variations.numbers, ['lead_time']],
    isStillValid: () => (request['lead_time'] as number) >= 0 && variations.isStillValid(),
  };
}

/** Without a config, only numbers may vary: any text could be a label. */
function withoutConfig(result: readonly Json[]): VariablePaths {
  const numbers: Path[] = [];
  for (const [index, region] of result.entries()) {
    if (isJsonObject(region) && isJsonObject(region['value']))
      for (const [key, value] of Object.entries(region['value']))
        if (typeof value === 'number') numbers.push(['result', index, 'value', key]);
  }
  return { ...none, numbers };
}
