import { count, figure } from '#wire/text/figures.ts';

export { count, figure };

/** A rough duration: `under a second`, `about 40 seconds`, `about 3 minutes`. */
export function roughly(seconds: number) {
  if (seconds < 1) return 'under a second';
  if (seconds < 90) return `about ${count(Math.round(seconds), 'second')}`;
  if (seconds < 90 * 60) return `about ${count(Math.round(seconds / 60), 'minute')}`;
  return `about ${count(Math.round(seconds / 3600), 'hour')}`;
}

/** How long ago something was: `just now`, `3 hours ago`, `2 days ago`. */
export function ago(milliseconds: number) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${count(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${count(hours, 'hour')} ago` : `${count(Math.floor(hours / 24), 'day')} ago`;
}

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** A day and a time: `Nov 28, 2026, 2:02 PM`. */
export const when = (at: number) => moment.format(at);

const second = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `11:02:04` */
export const timeOfDay = (at: number) => second.format(at);

const shortDay = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });
const minute = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `11:02` */
export const minuteOfDay = (at: number) => minute.format(at);

/** `Today, 11:02`, `Yesterday, 16:40`, `Tue, Nov 24, 10:31` */
export function dayAndTime(at: number, now = Date.now()) {
  const daysAgo = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  const day = daysAgo === 0 ? 'Today' : daysAgo === 1 ? 'Yesterday' : shortDay.format(at);
  return `${day}, ${minute.format(at)}`;
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** An elapsed time: `0:07`, `12:40`, `1:02:09`. */
export function clock(milliseconds: number) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pair(minutes)}:${pair(seconds % 60)}` : `${minutes}:${pair(seconds % 60)}`;
}

const pair = (value: number) => String(value).padStart(2, '0');
