/** A time as Django REST framework writes it: UTC, microseconds unless zero, `Z`. */
export function timestamp(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z');
}

const UNITS: [string, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Django's `timesince`: the two largest units, with no-break spaces. Months count 30 days. */
export function timeSince(then: string, now: Date): string {
  let seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(then)) / 1000));
  const first = UNITS.findIndex(([, length]) => seconds >= length);
  if (first === -1) return '0\u00a0minutes';
  const parts: string[] = [];
  for (const [name, length] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    if (count === 0) break;
    parts.push(`${count}\u00a0${name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ');
}

/**
 * Reads a date or date-time like Django's `parse_datetime`: a bare date is midnight, no zone is UTC, digits beyond
 * microseconds are cut off (seen on 1.23.2). Null if it can't be parsed.
 */
export function readDateTime(text: string): string | null {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d*)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(
      text,
    );
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const utc = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const parsedDate = new Date(utc);
  const exists =
    parsedDate.getUTCMonth() === month! - 1 &&
    parsedDate.getUTCDate() === day &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  if (!exists) return null;
  const fraction = (match[7] ?? '').padEnd(6, '0');
  const seconds = new Date(utc - zoneMinutes(match[8]) * 60_000).toISOString().slice(0, 19);
  return `${seconds}${Number(fraction) === 0 ? '' : `.${fraction}`}Z`;
}

const zoneMinutes = (zone: string | undefined) => {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
};
