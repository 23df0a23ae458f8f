import type { JsonObject } from '#wire/json.ts';
import { found, startWith } from '#wire/words.ts';
import type { Report } from '#wire/problem.ts';
import { numberOf } from '#config/check/values/values.ts';

/** Fields that the editor's store expects of any region: `regions/Result.js`. */
export function checkRegionFields(region: JsonObject, say: Report): void {
  const { id, score, readonly: isReadOnly, item_index: itemIndex } = region;
  if (id !== undefined && typeof id !== 'string') {
    const number = numberOf(id);
    const example = number === undefined ? '"region-1"' : `"${number}"`;
    const fix =
      number === undefined ? undefined : { path: ['id'], value: String(number), words: `Use “${number}”` };
    say(
      'error',
      'region-id-not-text',
      `The editor fails on a region ID that isn’t text. Use text such as ${example}, not ${found(id)}.`,
      ['id'],
      fix,
    );
  } else if (typeof id === 'string' && /[#@]/.test(id)) {
    // `cleanUpId` of the editor's `core/Tree.tsx`.
    say(
      'warning',
      'region-id-cut',
      'The editor cuts region IDs off at # and @. Use letters, digits, - and _.',
      ['id'],
    );
  }
  if ((score ?? null) !== null && numberOf(score) === undefined) {
    say('error', 'score-not-a-number', `“score” must be a number, not ${found(score!)}.`, ['score']);
  }
  if (isReadOnly !== undefined && typeof isReadOnly !== 'boolean') {
    say('error', 'value-not-true-or-false', `“readonly” must be true or false, not ${found(isReadOnly)}.`, [
      'readonly',
    ]);
  }
  if ((itemIndex ?? null) !== null) {
    const number = numberOf(itemIndex);
    if (number === undefined || !Number.isInteger(number) || number < 0) {
      say(
        'error',
        'item-index-not-whole',
        `${startWith(itemIndex!)} isn’t a valid “item_index”. Use a whole number; the first item is 0.`,
        ['item_index'],
      );
    }
  }
}
