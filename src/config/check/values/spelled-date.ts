import { dateFormat, exists, type DateParts } from '#config/date-format.ts';
import { asSeen } from '#wire/text/words.ts';

/** A meaning of a text as a date. There are several if day, month and a year of two digits may be swapped. */
export interface DateMeaning {
  parts: DateParts;
  /** The format, for the button that converts all such dates. */
  how: string;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = String.raw`(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?`;
const time = String.raw`(?:(?:,? +|t)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: ?(?:z|utc|gmt)?(?:[-+]\d{2}:?\d{2})?)?(?: \([^)]*\))?)?`;
const form = (date: string) => new RegExp(`^${weekday}${date}${time}$`, 'i');

const yearFirst = form(String.raw`(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})`);
const compact = form(String.raw`(\d{4})(\d{2})(\d{2})`);
const dayFirst = form(String.raw`(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})`);
const either = form(String.raw`(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})`);
const dayAndName = form(String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[- /]+${month}[-, /]+(\d{4})`);
const nameAndDay = form(String.raw`${month} +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})`);
const nameDayTimeYear = new RegExp(
  `^${weekday}${month} +(\\d{1,2}) +(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: [a-z]{2,5})? +(\\d{4})$`,
  'i',
);

const maxUnits = 100;

/** Spreadsheets count days from `epoch`; likely serial numbers are those of 1954 to 2118. */
const serial = { from: 20_000, to: 80_000, epoch: Date.UTC(1899, 11, 30) };

/** The editor shows no earlier one, because browsers don’t parse it: seen on Label Studio 1.23.2. */
export const firstYear = 1000;

/**
 * Parses a date as written by people, spreadsheets and programs: all its meanings, none if it isn’t an existing date.
 */
export function spelledDate(text: string): DateMeaning[] {
  if (text.length > maxUnits) return [];
  const seen = asSeen(text).replaceAll(/\s+/g, ' ');
  return readDate(seen).filter(({ parts }) => parts.year! >= firstYear && exists(parts));
}

function readDate(text: string): DateMeaning[] {
  let match = yearFirst.exec(text);
  if (match) return one(match[1]!, match[3]!, match[4]!, match.slice(5), 'Read year, month, day');
  match = compact.exec(text);
  if (match) return one(match[1]!, match[2]!, match[3]!, match.slice(4), 'Read year, month, day');
  match = dayFirst.exec(text);
  if (match) return one(match[3]!, match[2]!, match[1]!, match.slice(4), 'Read day.month.year');
  match = dayAndName.exec(text);
  if (match) return one(match[3]!, monthOf(match[2]!), match[1]!, match.slice(4), 'Read names of months');
  match = nameAndDay.exec(text);
  if (match) return one(match[3]!, monthOf(match[1]!), match[2]!, match.slice(4), 'Read names of months');
  match = nameDayTimeYear.exec(text);
  if (match) return one(match[6]!, monthOf(match[1]!), match[2]!, match.slice(3, 6), 'Read names of months');
  match = either.exec(text);
  if (match) return swappable(match);
  return ofSerial(text);
}

function one(
  year: string,
  monthNumber: string,
  day: string,
  clock: readonly (string | undefined)[],
  how: string,
): DateMeaning[] {
  const parts = { year: fullYear(year), month: Number(monthNumber), day: Number(day), ...clockOf(clock) };
  return [{ parts, how }];
}

/** 1/5/2024 may be two dates, 01-05-24 three. */
function swappable([, first, mark, second, last, ...clock]: string[]): DateMeaning[] {
  const time = clockOf(clock);
  const [one, two, year] = [Number(first), Number(second), fullYear(last!)];
  const asDay = { parts: { year, month: two, day: one, ...time }, how: `Read day${mark!}month${mark!}year` };
  const asMonth = {
    parts: { year, month: one, day: two, ...time },
    how: `Read month${mark!}day${mark!}year`,
  };
  const mayBeYear = mark === '-' && first!.length === 2 && last!.length === 2;
  const asYear = {
    parts: { year: fullYear(first!), month: two, day: Number(last), ...time },
    how: 'Read year-month-day',
  };
  return [...(mayBeYear ? [asYear] : []), asDay, ...(one === two ? [] : [asMonth])];
}

/** A serial number of days, as Excel and Google Sheets store dates. */
function ofSerial(text: string): DateMeaning[] {
  const match = /^(\d{5})(?:[.,](\d+))?$/.exec(text);
  const days = match === null ? Number.NaN : Number(`${match[1]!}.${match[2] ?? 0}`);
  if (!(days >= serial.from && days <= serial.to)) return [];
  const date = new Date(serial.epoch + Math.round(days * 86_400) * 1000);
  const clock = { hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() };
  const meant = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  const parts = match![2] === undefined ? meant : { ...meant, ...clock };
  return [{ parts, how: 'Read days as spreadsheets count them' }];
}

function clockOf([hour, minute, second, half]: readonly (string | undefined)[]): DateParts {
  if (hour === undefined) return {};
  const isAfternoon = half?.toLowerCase() === 'p';
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return { hour: hours, minute: Number(minute), second: Number(second ?? 0) };
}

const monthOf = (name: string) => String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);

/** Two-digit years as in d3 and the editor. */
function fullYear(digits: string): number {
  return digits.length > 2 ? Number(digits) : dateFormat('%y')!.read(digits)!.parts.year!;
}
