import { ExactNumber, isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';
import { groupBody } from '#domain/requests/request-bodies.ts';
import { hashOfText } from './text-hash.ts';

/*
 * Hashes of a request’s content, equal for equal contents (`contentKey`). A value’s hash is the sum of its leaves’
 * hashes with their paths, so that varying leaves can be added to the sum of those that a template shares.
 */

/** Replaces every region ID, as in `contentKey`. */
const marker = 'same';

/** The hash of a request with one task. */
export function contentHash(request: JsonObject): number {
  const { result, ...fields } = groupBody(request, marker);
  const regions = Array.isArray(result) ? result : [];
  let hash =
    Array.isArray(result) || result === undefined ? fieldsHash(fields) : fieldsHash({ ...fields, result });
  for (let index = 0; index < regions.length; index += 1)
    hash = (hash + regionHash(index, sumOf(regions[index]!, rootHash))) | 0;
  return contentHashOf(hash);
}

/** A request’s hash from the sum of its parts: 30 bits, because V8 allocates memory for a larger number that is passed on. */
export const contentHashOf = (sum: number): number => sum & 0x3fff_ffff;

/** A sum that is passed on, for the same reason: the highest bit doesn’t matter. */
export const passedSum = (sum: number): number => (sum << 1) >> 1;

/** The contribution of all fields except the task and the regions to a request’s hash. */
export function fieldsHash(fields: JsonObject): number {
  let sum = 0;
  for (const [key, value] of Object.entries(fields)) sum = (sum + sumOf(value, stepHash(rootHash, key))) | 0;
  return sum;
}

/** The contribution of the region at an index, given the sum of its leaves. */
export const regionHash = (index: number, sum: number): number =>
  mix(stepHash(resultHash, index), passedSum(sum));

/** The contribution of a leaf to its value’s sum: of a text by its hash, of a number by its value. */
export const textLeaf = (path: number, hash: number): number => mix(path, hash);

export function numberLeaf(path: number, value: number): number {
  // -0 and 0 have the same notation.
  double[0] = value + 0;
  return mix(mix(path, doubleWords[0]!), doubleWords[1]!);
}

/** The hash of the ID that replaces a region’s own. */
export function markHash(number: number): number {
  while (marks.length <= number) marks.push(hashOfText(`${marker}-${marks.length}`));
  return marks[number]!;
}

export const rootHash = 0x2545f491;
export const pathHash = (path: Path): number => path.reduce(stepHash, rootHash);

export function stepHash(above: number, step: string | number): number {
  return typeof step === 'number' ? mix(above, step + 1) : mix(above ^ 0x5bd1e995, hashOfText(step));
}

/** The sum of the leaves of a value. */
export function sumOf(value: Json, path: number): number {
  if (typeof value === 'string') return textLeaf(path, hashOfText(value));
  if (typeof value === 'number') return numberLeaf(path, value);
  if (value instanceof ExactNumber) return numberLeaf(path, Number(value.text));
  let sum = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1)
      sum = (sum + sumOf(value[index]!, stepHash(path, index))) | 0;
    return value.length === 0 ? mix(path, 1) : sum;
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    for (const [key, item] of entries) sum = (sum + sumOf(item, stepHash(path, key))) | 0;
    return entries.length === 0 ? mix(path, 2) : sum;
  }
  return mix(path, value === null ? 3 : value ? 4 : 5);
}

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);
const marks: number[] = [];

function mix(before: number, value: number): number {
  const hash = Math.imul(before ^ value, 0x9e3779b1);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ (hash >>> 13);
}

const resultHash = stepHash(rootHash, 'result');
