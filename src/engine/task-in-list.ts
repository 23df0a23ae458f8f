import type { DisplayedField } from '#config/label-config.ts';
import { shorten } from '#wire/words.ts';
import type { ServerAddress, TaskInList } from './engine.ts';
import { imageAt, looksLikeImage } from './image-address.ts';

/** As much as two lines of a list hold, and a little more for a wide window. */
const longest = 240;

/**
 * A task as the list of tasks shows it: first what annotators look at, then the rest of its data, then nothing of what
 * is too long. `shown` is what the labelling config says; empty where it is not known.
 */
export function taskInList(
  { id, data }: { id: number; data: Record<string, unknown> },
  shown: readonly DisplayedField[],
  server: ServerAddress,
): TaskInList {
  const image = imageOf(data, shown, server);
  const first = shown.map(({ key }) => key).filter((key) => Object.hasOwn(data, key));
  const keys = [...new Set([...first, ...Object.keys(data)])].filter((key) => key !== image?.key);
  const [main, ...others] = keys
    .map((key) => ({ key, text: textOf(data[key]) }))
    .filter(({ text }) => text !== '');
  return {
    id,
    says: shorten(main?.text ?? '', longest),
    also: shorten(others.map(({ key, text }) => `${key}: ${text}`).join(' · '), longest),
    ...(image && { image: image.at }),
  };
}

function imageOf(data: Record<string, unknown>, shown: readonly DisplayedField[], server: ServerAddress) {
  const keys =
    shown.length > 0
      ? shown.filter(({ isImage }) => isImage).map(({ key }) => key)
      : Object.keys(data).filter((key) => looksLikeImage(String(data[key])));
  for (const key of keys) {
    // `valueList` has a list of pages; the first one stands for them.
    const value: unknown = Array.isArray(data[key]) ? data[key][0] : data[key];
    if (typeof value === 'string' && value !== '') return { key, at: imageAt(value, server) };
  }
  return undefined;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Before anything goes over all of it: one text may be a book.
  return shorten(text.slice(0, longest * 4), longest);
}
