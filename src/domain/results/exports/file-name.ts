const pair = (value: number): string => String(value).padStart(2, '0');

/** `reviews-results-2026-11-28.csv`: named after the submitted file and the day of the run. */
export function exportName(source: string | undefined, what: string, at: number, extension: string): string {
  const stem =
    (source ?? 'pasted').replace(/\.[^.]*$/, '').replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-') || 'file';
  const day = new Date(at);
  const date = `${day.getFullYear()}-${pair(day.getMonth() + 1)}-${pair(day.getDate())}`;
  return `${stem}-${what}-${date}.${extension}`;
}
