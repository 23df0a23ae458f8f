import type { DisplayedField } from '#config/label-config.ts';
import { lineOfHtml } from '#domain/preview/html-text.ts';
import { shorten } from '#wire/text/words.ts';
import type { ServerAddress } from '#engine/session/open-session.ts';
import { imageAt, looksLikeImage, type TaskImage } from './image-address.ts';

export interface TaskInList {
  id: number;
  /** The data that annotators see, else the first value, on one line. Empty if the image is all of it. */
  text: string;
  /** Other data with its keys, on one line. */
  details: string;
  image?: TaskImage;
}

/** Enough for two lines of a list in a wide window. */
const maxLength = 240;

/** A task for the list. `shown` are the data keys in the labelling config; empty if it is unknown. */
export function taskInList(
  { id, data }: { id: number; data: Record<string, unknown> },
  shown: readonly DisplayedField[],
  server: ServerAddress,
): TaskInList {
  const image = imageOf(data, shown, server);
  const first = shown.map(({ key }) => key).filter((key) => Object.hasOwn(data, key));
  const keys = [...new Set([...first, ...Object.keys(data)])].filter((key) => key !== image?.key);
  const pages = new Set(shown.filter(({ tag }) => tag === 'HyperText').map(({ key }) => key));
  const [main, ...others] = keys
    .map((key) => ({ key, text: textOf(data[key], pages.has(key)) }))
    .filter(({ text }) => text !== '');
  return {
    id,
    text: shorten(main?.text ?? '', maxLength),
    details: shorten(others.map(({ key, text }) => `${key}: ${text}`).join(' · '), maxLength),
    ...(image && { image: image.at }),
  };
}

/** The main data field of a task on one line: its text, or the address of its image. */
export function textOfTask(...task: Parameters<typeof taskInList>): string {
  const { text, image } = taskInList(...task);
  return text === '' && image ? image.url : text;
}

function imageOf(data: Record<string, unknown>, shown: readonly DisplayedField[], server: ServerAddress) {
  const keys =
    shown.length > 0
      ? shown.filter(({ isImage }) => isImage).map(({ key }) => key)
      : Object.keys(data).filter((key) => looksLikeImage(String(data[key])));
  for (const key of keys) {
    // `valueList` has a list of pages; show the first one.
    const value: unknown = Array.isArray(data[key]) ? data[key][0] : data[key];
    if (typeof value === 'string' && value !== '') return { key, at: imageAt(value, server) };
  }
  return undefined;
}

function textOf(value: unknown, isHtml: boolean): string {
  if (value === null || value === undefined) return '';
  if (isHtml && typeof value === 'string') return shorten(lineOfHtml(value, maxLength), maxLength);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Cut first, because a text can be as long as a book.
  return shorten(text.slice(0, maxLength * 4), maxLength);
}
