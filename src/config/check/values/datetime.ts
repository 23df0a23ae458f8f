import type { JsonObject } from '#wire/json.ts';
import type { Report } from '#wire/problem.ts';
import { describeValue, describeValueAtStart } from '#wire/words.ts';
import { dateFormat, type DateParts, exists, formatOf } from '#config/date-format.ts';
import type { Control } from '#config/label-config.ts';
import { readText } from './fields.ts';

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
    const meant = inFormat(text, format.write);
    const fix = meant === undefined ? undefined : { path, value: meant, words: `Use “${meant}”` };
    const way = meant === undefined ? '' : ` Did you mean ${describeValue(meant)}?`;
    say(
      'error',
      'date-unreadable',
      `${describeValueAtStart(text)} doesn’t match the format of “${control.name}”. ${hint}${way}`,
      path,
      fix,
    );
  } else if (!exists(read.parts)) {
    say('error', 'date-does-not-exist', `${describeValue(text)} isn’t a real date or time.`, path);
  } else {
    if (!read.isExact) {
      const meant = format.write(read.parts);
      const fix = meant === undefined ? undefined : { path, value: meant, words: `Use “${meant}”` };
      say(
        'warning',
        'date-written-otherwise',
        `The editor reads ${describeValue(text)}, but writes it differently. ${hint}`,
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
function inFormat(text: string, write: (parts: DateParts) => string | undefined): string | undefined {
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
