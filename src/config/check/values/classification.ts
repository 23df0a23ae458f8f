import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import type { Report } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { isTrue, type Control, numberAttribute } from '#config/label-config.ts';
import { allowedNames, listValues, suggestValue } from '#config/check/values/labels/allowed-values.ts';
import { checkChoices } from './choices-and-labels.ts';
import { numberOf, readList, readNumber, readText } from './fields.ts';
import { checkNestedChoices } from './nested-choices.ts';

/* Values of classification controls, each checked separately. */

export function choices(value: JsonObject, control: Control, report: Report): void {
  if (control.isNested) checkNestedChoices(value, 'choices', control, report);
  else checkChoices(value, control, report);
}

export function taxonomy(value: JsonObject, control: Control, report: Report): void {
  checkNestedChoices(value, 'taxonomy', control, report);
}

/** Whole stars. 0 is valid for the SDK, `RatingTag` of `label_interface/control_tags.py`; the editor omits it. */
export function rating(value: JsonObject, control: Control, report: Report): void {
  const max = numberAttribute(control, 'maxrating') ?? 5;
  const { rating: given } = value;
  const stars = typeof given === 'string' ? starsIn(given, max) : undefined;
  if (stars !== undefined) {
    const fix = { path: ['rating'], value: stars, words: `Use ${stars}`, alike: 'Use plain numbers' };
    const message = `${describeValueAtStart(given!)} isn’t a number. Did you mean ${stars}?`;
    report('error', 'value-not-a-number', message, ['rating'], fix);
    return;
  }
  readNumber(value, 'rating', { min: 0, max, whole: true, name: 'the rating' }, report);
}

/** The rating in “★★★☆☆”, “3/5”, “3 of 5” or “3 stars”; undefined for any other text. */
function starsIn(text: string, max: number): number | undefined {
  const [, shown, written, outOf] =
    /^(?:([★⭐]+)☆*|(\d+) ?(?:(?:\/|of|out of) ?(\d+))?(?: ?(?:stars?|[★⭐]))?)$/iu.exec(text.trim()) ?? [];
  if (shown !== undefined) return Array.from(shown).length;
  // Digits alone are a number in quotes; of another number of stars, a rating is a guess.
  if (written === undefined || written === text.trim()) return undefined;
  return outOf === undefined || Number(outOf) === max ? Number(written) : undefined;
}

/** The editor submits nothing outside min and max: `validateValue` of its `tags/control/Number.jsx`. */
export function number(value: JsonObject, control: Control, report: Report): void {
  const min = numberAttribute(control, 'min');
  const max = numberAttribute(control, 'max');
  const step = numberAttribute(control, 'step');
  const given = readNumber(value, 'number', { min, max, name: 'the number' }, report);
  if (given === undefined || step === undefined || step <= 0) return;
  const steps = (given - (min ?? 0)) / step;
  if (Math.abs(steps - Math.round(steps)) > 1e-6) {
    const below = Number(((min ?? 0) + Math.floor(steps) * step).toPrecision(12));
    const above = Number((below + step).toPrecision(12));
    const message = `${given} is between two steps of “${control.name}”. Use ${below} or ${above}.`;
    report('warning', 'number-between-steps', message, ['number']);
  }
}

/** Anything but text makes the editor throw: seen on Label Studio 1.23.2. */
export function textarea(value: JsonObject, control: Control, report: Report): void {
  const given = value['text'];
  if (typeof given === 'string') {
    const fix = { path: ['text'], value: [given], words: 'Put it in a list' };
    const message = 'The editor can read a single text, but results contain a list: ["…"].';
    report('warning', 'text-not-in-a-list', message, ['text'], fix);
    return;
  }
  const texts = readList(value, 'text', '["…"]', report);
  if (texts === undefined) return;
  texts.forEach((text, index) => {
    if (typeof text === 'string') return;
    const number = numberOf(text);
    const fix =
      number === undefined
        ? undefined
        : { path: ['text', index], value: String(number), words: `Use “${number}”` };
    const message = `${describeValueAtStart(text)} isn’t text, and the editor fails on it. Use text in quotes.`;
    report('error', 'value-not-text', message, ['text', index], fix);
  });
  const most = numberAttribute(control, 'maxsubmissions');
  if (most !== undefined && texts.length > most) {
    const message = `“${control.name}” accepts at most ${count(most, 'text')}, but there are ${texts.length}.`;
    report('warning', 'texts-too-many', message, ['text']);
  }
}

const sides = allowedNames(['left', 'right']);

export function pairwise(value: JsonObject, _control: Control, report: Report): void {
  const side = readText(value, 'selected', 'Use "left" or "right".', report);
  if (side === undefined || sides.results.has(side)) return;
  const { words, fix } = suggestValue(side, sides, ['selected']);
  report('error', 'side-unknown', `${describeValueAtStart(side)} isn’t a side. ${words}`, ['selected'], fix);
}

/** One list under the control's name, or one per bucket: `Ranker.jsx` of the editor. */
export function ranker(value: JsonObject, control: Control, report: Report): void {
  const buckets = control.options.map(({ result }) => result);
  // Items without a bucket are in “_”, unless one bucket takes them.
  const hasDefault = control.options.some(({ attributes }) => isTrue(attributes, 'default'));
  const columns = buckets.length === 0 ? [control.name] : hasDefault ? buckets : [...buckets, '_'];
  const example = `{"${columns[0]!}": ["id-1", "id-2"]}`;
  const given = value['ranker'];
  if (!isJsonObject(given)) {
    const code = given === undefined ? 'value-key-missing' : 'value-not-an-object';
    const path = given === undefined ? [] : ['ranker'];
    report(
      'error',
      code,
      given === undefined
        ? `“ranker” is missing. Use an object such as ${example}.`
        : `“ranker” must be an object such as ${example}, not ${describeValue(given)}.`,
      path,
    );
    return;
  }
  const seen = new Set<string>();
  for (const [column, ids] of Object.entries(given)) {
    if (!columns.includes(column)) {
      const message = `${describeValueAtStart(column)} isn’t a list in “${control.name}”, so its items won’t be shown. Accepted: ${listValues(columns)}.`;
      report('error', 'ranker-list-unknown', message, ['ranker', column]);
    }
    if (!Array.isArray(ids)) {
      report(
        'error',
        'value-not-a-list',
        `${describeValueAtStart(column)} must be a list of item IDs, not ${describeValue(ids)}.`,
        ['ranker', column],
      );
      continue;
    }
    ids.forEach((id, index) => {
      const path = ['ranker', column, index];
      if (typeof id !== 'string')
        report(
          'error',
          'value-not-text',
          `An item ID must be text in quotes, not ${describeValue(id)}.`,
          path,
        );
      else if (seen.has(id))
        report('warning', 'ranker-item-twice', `${describeValueAtStart(id)} is ranked twice.`, path);
      else seen.add(id);
    });
  }
}
