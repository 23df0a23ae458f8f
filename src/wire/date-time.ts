/**
 * What Label Studio reads as a date-time: `parse_datetime` and `parse_date` of Django, `django/utils/dateparse.py`. A
 * bare date means midnight, one without a zone means UTC, digits beyond microseconds are cut off (all three seen on
 * Label Studio 1.23.2).
 */
const dateTime =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `unreadable`: not written as a date; `no-such-date`: written as one that no calendar or clock shows. */
export function checkDateTime(text: string): 'fine' | 'unreadable' | 'no-such-date' {
  const parts = dateTime.exec(text) ?? date.exec(text);
  if (parts === null) return 'unreadable';
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === 0 || month! < 1 || month! > 12 || day! < 1 || day! > daysOf(year!, month!))
    return 'no-such-date';
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return 'no-such-date';
  const [, zoneHours = '0', zoneMinutes = '0'] = /^[+-](\d{2}):?(\d{2})?$/.exec(parts[7] ?? '') ?? [];
  return Number(zoneHours) > 23 || Number(zoneMinutes) > 59 ? 'no-such-date' : 'fine';
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
