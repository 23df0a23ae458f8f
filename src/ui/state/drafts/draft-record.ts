import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { shorten } from '#wire/text/words.ts';
import { readImportSettings } from '#ui/state/kept-import-settings.ts';

/** A draft that a later visit restores. Never contains a token. */
export interface Draft extends DraftSettings {
  /** A blob if large, so that the page needn’t hold it as a string. */
  text: string | Blob;
}

interface DraftSettings {
  reading: ImportSettings;
  /** With its server, because project numbers differ between servers. */
  project: { id: number; server: string } | undefined;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** A draft without its text. */
export interface DraftSummary extends DraftSettings {
  firstLine: string;
  /** In bytes. */
  size: number;
}

/** Bytes at the start that are searched for the first line. */
const startLength = 2000;

/** As much as fits in a wide window. */
const firstLineLength = 160;

/** A larger difference means that the clock was wrong when the draft was saved; time zones differ by less. */
const dayMs = 24 * 60 * 60 * 1000;

export async function summaryOf({ text, reading, project, savedAt }: Draft): Promise<DraftSummary> {
  const file = typeof text === 'string' ? new Blob([text]) : text;
  // The browser may have lost the file of a large text; opening it reports that.
  const start = await file
    .slice(0, startLength)
    .text()
    .catch(() => '');
  const lines = start.split(/[\r\n]+/);
  // The first lines of JSON may be only brackets.
  const line = lines.find((one) => /[\p{L}\p{N}]/u.test(one)) ?? start;
  return { reading, project, savedAt, size: file.size, firstLine: shorten(line, firstLineLength) };
}

/** Validates a stored summary; undefined if it has to be made again from the text. */
export function readSummary(stored: unknown, now: number): DraftSummary | undefined {
  if (!isRecord(stored)) return undefined;
  const { firstLine, size, savedAt } = stored;
  if (typeof firstLine !== 'string' || typeof size !== 'number' || !isPast(savedAt, now)) return undefined;
  return { ...readSettings(stored, now), firstLine, size, savedAt };
}

/** The valid parts of stored settings. A draft without a valid date counts as saved now. */
export function readSettings(stored: unknown, now: number): DraftSettings {
  const { reading, project, savedAt } = isRecord(stored) ? stored : {};
  return {
    reading: readImportSettings(reading),
    project: readProject(project),
    savedAt: isPast(savedAt, now) ? savedAt : now,
  };
}

export const isText = (stored: unknown): stored is string | Blob =>
  typeof stored === 'string' || stored instanceof Blob;

const isPast = (savedAt: unknown, now: number): savedAt is number =>
  typeof savedAt === 'number' && savedAt >= 0 && savedAt < now + dayMs;

function readProject(stored: unknown): DraftSettings['project'] {
  if (!isRecord(stored)) return undefined;
  const { id, server } = stored;
  return typeof id === 'number' && typeof server === 'string' ? { id, server } : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
