import { isoDay } from '#wire/text/words.ts';

/** `reviews-results-2026-11-28.csv`: named after the submitted file and the day of the run. */
export function exportName(source: string | undefined, what: string, at: number, extension: string): string {
  const stem =
    (source ?? 'pasted').replace(/\.[^.]*$/, '').replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-') || 'file';
  return `${stem}-${what}-${isoDay(at)}.${extension}`;
}
