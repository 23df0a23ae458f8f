import { daysInMonth } from '#wire/text/date-time.ts';
import type { Control } from './label-config.ts';

/** The parts of a date and time; undefined where a format does not include them. */
export interface DateParts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
}

interface Directive {
  /** A pattern for the editor’s spelling. */
  strict: string;
  /** A pattern for everything the editor accepts: `d3.timeParse` accepts fewer digits. */
  lenient: string;
  read: (text: string, parts: DateParts & { isAfternoon?: boolean }) => void;
  write?: (parts: DateParts) => string | undefined;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/**
 * Directives of `d3.timeFormat`, https://d3js.org/d3-time-format. Formats with any other directive cannot be checked.
 */
const directives: Record<string, Directive> = {
  Y: numeric('year', 4),
  m: numeric('month', 2),
  d: numeric('day', 2),
  e: {
    ...numeric('day', 2),
    strict: '[ \\d]\\d',
    lenient: ' ?\\d{1,2}',
    write: ({ day = 1 }) => String(day).padStart(2),
  },
  H: numeric('hour', 2),
  M: numeric('minute', 2),
  S: numeric('second', 2),
  y: {
    strict: '\\d{2}',
    lenient: '\\d{1,2}',
    // Like d3: 00–68 are 2000–2068, 69–99 are 1969–1999.
    read: (text, parts) => void (parts.year = Number(text) + (Number(text) > 68 ? 1900 : 2000)),
    write: ({ year = 0 }) => (year > 1968 && year < 2069 ? twoDigits(year % 100) : undefined),
  },
  I: {
    strict: '\\d{2}',
    lenient: '\\d{1,2}',
    read: (text, parts) => void (parts.hour = Number(text) > 12 ? 99 : Number(text) % 12),
    write: ({ hour = 0 }) => twoDigits(hour % 12 === 0 ? 12 : hour % 12),
  },
  p: {
    strict: 'AM|PM',
    lenient: 'am|pm|AM|PM',
    read: (text, parts) => void (parts.isAfternoon = text.toUpperCase() === 'PM'),
    write: ({ hour = 0 }) => (hour < 12 ? 'AM' : 'PM'),
  },
  B: named(months, 'month'),
  b: named(
    months.map((month) => month.slice(0, 3)),
    'month',
  ),
  A: named(days),
  a: named(days.map((day) => day.slice(0, 3))),
  L: { strict: '\\d{3}', lenient: '\\d{1,3}', read: () => {}, write: () => '000' },
  '%': { strict: '%', lenient: '%', read: () => {}, write: () => '%' },
};

function numeric(part: keyof DateParts, digits: number): Directive {
  return {
    strict: `\\d{${digits}}`,
    lenient: `\\d{1,${digits}}`,
    read: (text, parts) => void (parts[part] = Number(text)),
    write: (parts) => String(parts[part] ?? 0).padStart(digits, '0'),
  };
}

function named(names: string[], part?: 'month'): Directive {
  return {
    strict: names.join('|'),
    lenient: names.join('|'),
    read: (text, parts) => {
      if (part) parts[part] = names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1;
    },
    write: (parts) => names[part ? (parts[part] ?? 1) - 1 : weekday(parts)],
  };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** 0 is Sunday. */
function weekday({ year = 2000, month = 1, day = 1 }: DateParts): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** The format of a DateTime control. */
export interface DateFormat {
  /** In strftime syntax: `%Y-%m-%d`. */
  text: string;
  /** For people: `YYYY-MM-DD`. */
  example: string;
  /** The parts of a value; undefined if it doesn’t match. `isExact`: in exactly the editor’s spelling. */
  read: (value: string) => { parts: DateParts; isExact: boolean } | undefined;
  /** The value for these parts; undefined if the format can’t express them. */
  write: (parts: DateParts) => string | undefined;
}

const dateAndTime = '%Y-%m-%dT%H:%M';

/** The format used by the editor, `tags/control/DateTime.jsx`: it ignores `format` for `only="time"`. */
export function formatOf({ attributes }: Control): string {
  const { only, format } = attributes;
  if (only === 'time') return '%H:%M';
  if (format) return format;
  return only === undefined || only === '' || only.includes('time') ? dateAndTime : '%Y-%m-%d';
}

const cache = new Map<string, DateFormat | undefined>();

/** Parses a strftime format; undefined if it has an unknown directive. */
export function dateFormat(text: string): DateFormat | undefined {
  if (!cache.has(text)) cache.set(text, parseFormat(text));
  return cache.get(text);
}

function parseFormat(text: string): DateFormat | undefined {
  const pieces: (string | Directive)[] = [];
  for (const [, flag, plain] of text.matchAll(/%[-_0]?(.)|([^%]+)/gs)) {
    const directive = flag === undefined ? plain! : directives[flag];
    if (directive === undefined) return undefined;
    pieces.push(directive);
  }
  const readers = pieces.filter((piece) => typeof piece !== 'string');
  const pattern = (mode: 'strict' | 'lenient') =>
    new RegExp(
      `^${pieces.map((piece) => (typeof piece === 'string' ? escapeRegExp(piece) : `(${piece[mode]})`)).join('')}$`,
      mode === 'lenient' ? 'i' : '',
    );
  const [strict, lenient] = [pattern('strict'), pattern('lenient')];
  return {
    text,
    example: exampleOf(text),
    read(value) {
      const exact = strict.exec(value);
      const match = exact ?? lenient.exec(value);
      if (match === null) return undefined;
      const parts: DateParts & { isAfternoon?: boolean } = {};
      readers.forEach((reader, index) => reader.read(match[index + 1]!, parts));
      const { isAfternoon, ...rest } = parts;
      if (isAfternoon && rest.hour !== undefined) rest.hour += 12;
      return { parts: rest, isExact: exact !== null };
    },
    write(parts) {
      const texts = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.write?.(parts)));
      return texts.includes(undefined) ? undefined : texts.join('');
    },
  };
}

/** The text as a pattern that matches it. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function exampleOf(format: string): string {
  const names: Record<string, string> = { Y: 'YYYY', m: 'MM', d: 'DD', H: 'HH', M: 'MM', S: 'SS', y: 'YY' };
  return format.replaceAll(/%[-_0]?(.)/g, (whole, flag: string) => names[flag] ?? whole);
}

/** Whether this date and time exist. The editor would move 30 February to March. */
export function exists({
  year = 2000,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
}: DateParts): boolean {
  return day >= 1 && day <= daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
}
