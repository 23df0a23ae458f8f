import type { JsonObject } from '#wire/json.ts';
import { found } from '#wire/words.ts';
import type { Say } from './result-problem.ts';
import { numberOf } from '#config/check/values/values.ts';

/** What the editor's store has a type for, whatever the control: `web/libs/editor/src/regions/Result.js`. */
export function checkRegionFields(region: JsonObject, say: Say): void {
  const { id, score, readonly: isReadOnly, item_index: itemIndex } = region;
  if (id !== undefined && typeof id !== 'string') {
    const number = numberOf(id);
    const example = number === undefined ? '"region-1"' : `"${number}"`;
    const fix =
      number === undefined ? undefined : { path: ['id'], value: String(number), words: `Use “${number}”` };
    say(
      'error',
      'region-id-not-text',
      `The id of a region is text, such as ${example}, not ${found(id)}: the editor fails on any other.`,
      ['id'],
      fix,
    );
  } else if (typeof id === 'string' && /[#@]/.test(id)) {
    // It cuts ids there: `cleanUpId` of `web/libs/editor/src/core/Tree.tsx`.
    say('warning', 'region-id-cut', 'The editor cuts ids at # and @. Use letters, digits, - and _.', ['id']);
  }
  if ((score ?? null) !== null && numberOf(score) === undefined) {
    say('error', 'score-not-a-number', `A score is a number, not ${found(score!)}.`, ['score']);
  }
  if (isReadOnly !== undefined && typeof isReadOnly !== 'boolean') {
    say('error', 'value-not-true-or-false', `“readonly” is true or false, not ${found(isReadOnly)}.`, [
      'readonly',
    ]);
  }
  if ((itemIndex ?? null) !== null) {
    const number = numberOf(itemIndex);
    if (number === undefined || !Number.isInteger(number) || number < 0) {
      say(
        'error',
        'item-index-not-whole',
        `“item_index” counts items from 0, and ${found(itemIndex!)} is no such number.`,
        ['item_index'],
      );
    }
  }
}
