import { isJsonObject, type JsonObject } from '#wire/json.ts';
import { capital, count, found, startWith } from '#wire/words.ts';
import type { Report } from '#wire/problem.ts';
import { acceptedOf, listed, suggest } from './accepted.ts';
import { dateFormat, exists, formatOf, type DateParts } from '#config/date-format.ts';
import { numberAttribute, type Control } from '#config/label-config.ts';
import { checkOutput, isPlain, readOutputs } from './outputs.ts';
import { checkPaths } from './paths.ts';
import { checkChoices } from './picks.ts';
import { checkNumber, numberOf, objectsOf, readList, readNumber, readText } from './values.ts';

/*
 * Values of classification controls, each checked by itself.
 */

export function choices(value: JsonObject, control: Control, say: Report): void {
  if (control.isNested) checkPaths(value, 'choices', control, say);
  else checkChoices(value, control, say);
}

export function taxonomy(value: JsonObject, control: Control, say: Report): void {
  checkPaths(value, 'taxonomy', control, say);
}

/** Whole stars. 0 is valid for the SDK, `RatingTag` of `label_interface/control_tags.py`; the editor omits it. */
export function rating(value: JsonObject, control: Control, say: Report): void {
  const max = numberAttribute(control, 'maxrating') ?? 5;
  readNumber(value, 'rating', { min: 0, max, whole: true, name: 'the rating' }, say);
}

/** The editor submits nothing outside min and max: `validateValue` of its `tags/control/Number.jsx`. */
export function number(value: JsonObject, control: Control, say: Report): void {
  const min = numberAttribute(control, 'min');
  const max = numberAttribute(control, 'max');
  const step = numberAttribute(control, 'step');
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const given = readNumber(value, 'number', { ...limits, name: 'the number' }, say);
  if (given === undefined || step === undefined || step <= 0) return;
  const steps = (given - (min ?? 0)) / step;
  if (Math.abs(steps - Math.round(steps)) > 1e-6) {
    const below = Number(((min ?? 0) + Math.floor(steps) * step).toPrecision(12));
    const above = Number((below + step).toPrecision(12));
    const message = `${given} is between two steps of “${control.name}”. Use ${below} or ${above}.`;
    say('warning', 'number-between-steps', message, ['number']);
  }
}

export function datetime(value: JsonObject, control: Control, say: Report): void {
  const written = formatOf(control);
  const format = dateFormat(written);
  const hint = `Use the format ${format?.example ?? written}.`;
  const text = readText(value, 'datetime', hint, say);
  if (text === undefined || format === undefined) return;
  const path = ['datetime'];
  const read = format.read(text) ?? (written === '%H:%M' ? dateFormat('%H:%M:%S')!.read(text) : undefined);
  if (read === undefined) {
    // The editor leaves the field empty: seen on Label Studio 1.23.2.
    const meant = rewritten(text, format.write);
    const fix = meant === undefined ? undefined : { path, value: meant, words: `Use “${meant}”` };
    const way = meant === undefined ? '' : ` Did you mean ${found(meant)}?`;
    say(
      'error',
      'date-unreadable',
      `${startWith(text)} doesn’t match the format of “${control.name}”. ${hint}${way}`,
      path,
      fix,
    );
  } else if (!exists(read.parts)) {
    say('error', 'date-does-not-exist', `${found(text)} isn’t a real date or time.`, path);
  } else {
    if (!read.isExact) {
      const meant = format.write(read.parts);
      const fix = meant === undefined ? undefined : { path, value: meant, words: `Use “${meant}”` };
      say(
        'warning',
        'date-written-otherwise',
        `The editor reads ${found(text)}, but writes it differently. ${hint}`,
        path,
        fix,
      );
    }
    checkDateBounds(read.parts, control, say);
  }
}

/** Compares text, like the editor's `validateValue`, `tags/control/DateTime.jsx`. */
function checkDateBounds(parts: DateParts, { name, attributes }: Control, say: Report): void {
  const { only, min, max } = attributes;
  if (only === 'time' || parts.year === undefined) return;
  const year = String(parts.year).padStart(4, '0');
  const two = (part = 1) => String(part).padStart(2, '0');
  const date = only?.includes('year') ? year : `${year}-${two(parts.month)}-${two(parts.day)}`;
  if (min && date < min)
    say('error', 'date-too-early', `${date} is before ${min}, the earliest that “${name}” accepts.`, [
      'datetime',
    ]);
  if (max && date > max)
    say('error', 'date-too-late', `${date} is after ${max}, the latest that “${name}” accepts.`, [
      'datetime',
    ]);
}

const isoForms = ['%Y-%m-%d', '%Y-%m-%dT%H:%M', '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'];

/** An ISO date in the expected format, unless that would drop its time. ISO dates are never ambiguous. */
function rewritten(text: string, write: (parts: DateParts) => string | undefined): string | undefined {
  const plain = text.replace(/\.0+(?=Z|$)/, '').replace(/Z$/, '');
  for (const form of isoForms) {
    const read = dateFormat(form)!.read(plain);
    if (!read?.isExact || !exists(read.parts)) continue;
    const meant = write(read.parts);
    if (meant === undefined) return undefined;
    const kept = [read.parts.hour, read.parts.minute, read.parts.second].filter(
      (part) => part !== undefined && part !== 0,
    );
    return kept.every((part) => meant.includes(String(part).padStart(2, '0'))) ? meant : undefined;
  }
  return undefined;
}

/** Anything but text makes the editor throw: seen on Label Studio 1.23.2. */
export function textarea(value: JsonObject, control: Control, say: Report): void {
  const given = value['text'];
  if (typeof given === 'string') {
    const fix = { path: ['text'], value: [given], words: 'Put it in a list' };
    const message = 'The editor can read a single text, but results contain a list: ["…"].';
    say('warning', 'text-not-in-a-list', message, ['text'], fix);
    return;
  }
  const texts = readList(value, 'text', '["…"]', say);
  if (texts === undefined) return;
  texts.forEach((text, index) => {
    if (typeof text === 'string') return;
    const number = numberOf(text);
    const fix =
      number === undefined
        ? undefined
        : { path: ['text', index], value: String(number), words: `Use “${number}”` };
    const message = `${startWith(text)} isn’t text, and the editor fails on it. Use text in quotes.`;
    say('error', 'value-not-text', message, ['text', index], fix);
  });
  const most = numberAttribute(control, 'maxsubmissions');
  if (most !== undefined && texts.length > most) {
    const message = `“${control.name}” accepts at most ${count(most, 'text')}, but there are ${texts.length}.`;
    say('warning', 'texts-too-many', message, ['text']);
  }
}

const sides = acceptedOf(
  ['left', 'right'].map((side) => ({ value: side, result: side, attributes: {}, children: [] })),
);

export function pairwise(value: JsonObject, _control: Control, say: Report): void {
  const side = readText(value, 'selected', 'Use "left" or "right".', say);
  if (side === undefined || sides.results.has(side)) return;
  const { words, fix } = suggest(side, sides, ['selected']);
  say('error', 'side-unknown', `${startWith(side)} isn’t a side. ${words}`, ['selected'], fix);
}

/** One list under the control's name, or one per bucket: `Ranker.jsx` of the editor. */
export function ranker(value: JsonObject, control: Control, say: Report): void {
  const columns =
    control.options.length === 0 ? [control.name] : [...control.options.map(({ result }) => result), '_'];
  const example = `{"${columns[0]!}": ["id-1", "id-2"]}`;
  const given = value['ranker'];
  if (!isJsonObject(given)) {
    const code = given === undefined ? 'value-key-missing' : 'value-not-an-object';
    const path = given === undefined ? [] : ['ranker'];
    say(
      'error',
      code,
      given === undefined
        ? `“ranker” is missing. Use an object such as ${example}.`
        : `“ranker” must be an object such as ${example}, not ${found(given)}.`,
      path,
    );
    return;
  }
  const seen = new Set<string>();
  for (const [column, ids] of Object.entries(given)) {
    if (!columns.includes(column)) {
      const message = `${startWith(column)} isn’t a list in “${control.name}”, so its items won’t be shown. Accepted: ${listed(columns)}.`;
      say('error', 'ranker-list-unknown', message, ['ranker', column]);
    }
    if (!Array.isArray(ids)) {
      say(
        'error',
        'value-not-a-list',
        `${startWith(column)} must be a list of item IDs, not ${found(ids)}.`,
        ['ranker', column],
      );
      continue;
    }
    ids.forEach((id, index) => {
      const path = ['ranker', column, index];
      if (typeof id !== 'string')
        say('error', 'value-not-text', `An item ID must be text in quotes, not ${found(id)}.`, path);
      else if (seen.has(id)) say('warning', 'ranker-item-twice', `${startWith(id)} is ranked twice.`, path);
      else seen.add(id);
    });
  }
}

/** The roles that https://labelstud.io/tags/chat names. */
const roles = ['user', 'assistant', 'system', 'tool', 'developer'];

export function chat(value: JsonObject, _control: Control, say: Report): void {
  const example = '{"role": "user", "content": "…"}';
  const given = value['chatmessage'];
  if (given === undefined) {
    say('error', 'value-key-missing', `“chatmessage” is missing. Use an object such as ${example}.`, []);
    return;
  }
  for (const [message] of objectsOf([given], 'chatmessage', example, (severity, code, words) =>
    say(severity, code, words, ['chatmessage']),
  )) {
    const inside: Report = (severity, code, words, path, fix) =>
      say(
        severity,
        code,
        words,
        ['chatmessage', ...path],
        fix && { ...fix, path: ['chatmessage', ...fix.path] },
      );
    const role = readText(message, 'role', `Use ${listed(roles)}.`, inside);
    readText(message, 'content', 'Use the text of the message.', inside);
    if (role !== undefined && !roles.includes(role)) {
      inside(
        'warning',
        'role-unknown',
        `${startWith(role)} isn’t a documented chat role. Use ${listed(roles)}.`,
        ['role'],
      );
    }
    const createdAt = message['createdAt'];
    if (createdAt !== undefined && createdAt !== null)
      checkNumber(createdAt, ['createdAt'], capital('“createdAt”'), { min: 0 }, inside);
  }
}

/** The output of the project's own interface: https://labelstud.io/tags/reactcode. */
export function reactcode(value: JsonObject, control: Control, say: Report): void {
  const given = value['reactcode'];
  if (given === undefined) {
    say('error', 'value-key-missing', '“reactcode” is missing. Add the output of the interface.', []);
  } else if (!isJsonObject(given)) {
    say('warning', 'value-not-an-object', `“reactcode” is usually an object, not ${found(given)}.`, [
      'reactcode',
    ]);
  } else {
    const outputs = control.attributes['outputs']?.trim();
    if (!outputs) return;
    const schema = readOutputs(outputs);
    if (schema !== undefined && isPlain(schema)) {
      checkOutput(given, schema, ['reactcode'], say);
      return;
    }
    const message = `“${control.name}” has an output schema that Sheaf can’t read, so its output isn’t checked.`;
    say('info', 'outputs-not-checked', message, ['reactcode']);
  }
}
