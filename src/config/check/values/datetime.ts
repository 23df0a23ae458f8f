import type { JsonObject } from '#wire/json/json.ts';
import type { Report } from '#wire/problem.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import { dateFormat, exists, formatOf, type DateFormat, type DateParts } from '#config/date-format.ts';
import { listValues } from '#config/check/values/labels/allowed-values.ts';
import type { Control } from '#config/label-config.ts';
import { readText } from './fields.ts';
import { firstYear, spelledDate, type DateMeaning } from './spelled-date.ts';

export function datetime(value: JsonObject, control: Control, report: Report): void {
  const written = formatOf(control);
  const format = dateFormat(written);
  const hint = `Use the format ${format?.example ?? written}.`;
  const text = readText(value, 'datetime', hint, report);
  if (text === undefined || format === undefined) return;
  const path = ['datetime'];
  const read = format.read(text) ?? (written === '%H:%M' ? dateFormat('%H:%M:%S')!.read(text) : undefined);
  const isTooEarly = read?.parts.year !== undefined && read.parts.year < firstYear;
  if (read === undefined || (isTooEarly && !read.isExact)) {
    reportUnreadable(text, control, format, report);
  } else if (isTooEarly) {
    const message = `${describeValueAtStart(text)} is before the year ${firstYear}, and the editor can’t show such a date.`;
    report('error', 'date-year-too-early', message, path);
  } else if (!exists(read.parts)) {
    report('error', 'date-does-not-exist', `${describeValue(text)} isn’t a real date or time.`, path);
  } else {
    if (!read.isExact) {
      const meant = format.write(read.parts);
      const fix = meant === undefined ? undefined : { path, value: meant, words: `Use “${meant}”` };
      report(
        'warning',
        'date-written-otherwise',
        `The editor reads ${describeValue(text)}, but writes it differently. ${hint}`,
        path,
        fix,
      );
    }
    checkDateBounds(read.parts, control, report);
  }
}

/** Compares text, like the editor's `validateValue`, `tags/control/DateTime.jsx`. */
function checkDateBounds(parts: DateParts, { name, attributes }: Control, report: Report): void {
  const { only, min, max } = attributes;
  if (only === 'time' || parts.year === undefined) return;
  const year = String(parts.year).padStart(4, '0');
  const two = (part = 1) => String(part).padStart(2, '0');
  const date = only?.includes('year') ? year : `${year}-${two(parts.month)}-${two(parts.day)}`;
  if (min && date < min)
    report('error', 'date-too-early', `${date} is before ${min}, the earliest that “${name}” accepts.`, [
      'datetime',
    ]);
  if (max && date > max)
    report('error', 'date-too-late', `${date} is after ${max}, the latest that “${name}” accepts.`, [
      'datetime',
    ]);
}

/** The editor leaves the field empty: seen on Label Studio 1.23.2. */
function reportUnreadable(text: string, control: Control, format: DateFormat, report: Report): void {
  const path = ['datetime'];
  const start = `${describeValueAtStart(text)} doesn’t match the format of “${control.name}”. Use the format ${format.example}.`;
  const found = [...spelledDate(text), ...startOfPeriod(text, control)];
  const meanings = found.map(({ parts, how }) => ({ value: inFormat(text, parts, format), how }));
  const fixes = meanings.flatMap(({ value, how }) =>
    value === undefined ? [] : [{ value, words: `Use “${value}”`, alike: how }],
  );
  const [meant, or] = fixes;
  if (meant === undefined || fixes.length < found.length)
    return report('error', 'date-unreadable', start, path);
  const values = listValues(fixes.map(({ value }) => value));
  if (or === undefined)
    return report('error', 'date-unreadable', `${start} Did you mean ${values}?`, path, { path, ...meant });
  const fix = fixes.length === 2 ? { path, ...meant, or } : undefined;
  report('error', 'date-ambiguous', `${start} Is it ${values}?`, path, fix);
}

/** The editor stores a year or a month as its first day. */
function startOfPeriod(text: string, { attributes: { only } }: Control): DateMeaning[] {
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(text.trim()) ?? [];
  if (year === undefined || !only?.includes('year') || only.includes('date')) return [];
  if (only.includes('month') !== (month !== undefined)) return [];
  const parts = { year: Number(year), month: Number(month ?? 1), day: 1 };
  const how = `Use the first day of the ${month === undefined ? 'year' : 'month'}`;
  return parts.year >= firstYear && exists(parts) ? [{ parts, how }] : [];
}

/** A date in the expected format, unless that would drop its time or its time zone. */
function inFormat(text: string, parts: DateParts, format: DateFormat): string | undefined {
  const meant = format.write(parts);
  const clock = [parts.hour, parts.minute, parts.second].filter((part) => part !== undefined && part !== 0);
  const hasZone = /:\d{2}.*[-+](?!00:?00)\d{2}:?\d{2}/.test(text);
  const isKept = clock.every((part) => meant?.includes(String(part).padStart(2, '0')));
  return isKept && !(hasZone && /[HI]/.test(format.text)) ? meant : undefined;
}
