/**
 * The dates that Label Studio reads: `parse_datetime` and `parse_date` of Django’s `utils/dateparse.py`. A bare date
 * means midnight, no time zone means UTC, digits beyond microseconds are dropped (seen on 1.23.2).
 */
const dateTime =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `unreadable`: not in a date format; `no-such-date`: a date or time that doesn’t exist, such as 30 February. */
export function checkDateTime(text: string): 'valid' | 'unreadable' | 'no-such-date' {
  const parts = dateTime.exec(text) ?? date.exec(text);
  if (parts === null) return 'unreadable';
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === 0 || day! < 1 || day! > daysInMonth(year!, month!)) return 'no-such-date';
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return 'no-such-date';
  const [, zoneHours = '0', zoneMinutes = '0'] = /^[+-](\d{2}):?(\d{2})?$/.exec(parts[7] ?? '') ?? [];
  return Number(zoneHours) > 23 || Number(zoneMinutes) > 59 ? 'no-such-date' : 'valid';
}

/** 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
