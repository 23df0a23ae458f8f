import { variationsOf as variationsOfResult } from '#config/check/variations.ts';
import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { checkRequest } from '#domain/validate/check-request.ts';
import type { Path } from '#domain/problems/problem.ts';

/** Where a request may say something else without being judged otherwise; see `config/check/variations.ts`. */
export interface RequestVariations {
  numbers: readonly Path[];
  texts: readonly Path[];
  ids: readonly Path[];
  /** Whether it is judged as before, once other numbers stand in this very request. */
  isFine: () => boolean;
}

const none: RequestVariations = { numbers: [], texts: [], ids: [], isFine: () => true };

/** None in a request with which something is wrong: what is said of it may name what stands there. */
export function variationsOf(request: JsonObject, configOf?: ConfigOf): RequestVariations {
  const { result } = request;
  if (!Array.isArray(result)) return none;
  if (checkRequest({ ...request, task: 1 }, configOf).said.some(({ severity }) => severity !== 'info'))
    return none;
  const known = configOf?.(request);
  if (known?.config === undefined) return withTime(request, withoutConfig(result));
  const { numbers, texts, ids, isFine } = variationsOfResult(known.config, result);
  const inResult = (path: Path): Path => ['result', ...path];
  return withTime(request, {
    numbers: numbers.map(inResult),
    texts: texts.map(inResult),
    ids: ids.map(inResult),
    isFine,
  });
}

/** The seconds that were spent: any number that is not below zero. */
function withTime(request: JsonObject, variations: RequestVariations): RequestVariations {
  if (typeof request['lead_time'] !== 'number') return variations;
  return {
    ...variations,
    numbers: [...variations.numbers, ['lead_time']],
    isFine: () => (request['lead_time'] as number) >= 0 && variations.isFine(),
  };
}

/** Without a config nothing is known of values but that they are objects. Whatever could be a label stays as it is. */
function withoutConfig(result: readonly Json[]): RequestVariations {
  const numbers: Path[] = [];
  for (const [index, region] of result.entries()) {
    if (isJsonObject(region) && isJsonObject(region['value']))
      for (const [key, value] of Object.entries(region['value']))
        if (typeof value === 'number') numbers.push(['result', index, 'value', key]);
  }
  return { ...none, numbers };
}
