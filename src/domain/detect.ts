/** How a source is written. */
export type Format = 'json' | 'json-lines' | 'table' | 'empty';

/** As many lines are looked at to tell JSON Lines from JSON. */
const fewLines = 10;

/**
 * Tells how a source is written from its beginning. JSON begins with a bracket (or a comment, which it may not have but which
 * people write). It is JSON Lines where its first lines all begin with `{`, and one ends with `}` before the next: inside of
 * JSON a comma would have to stand between them. So one broken line among them changes nothing. Everything else is a table.
 */
export function detectFormat(text: string): Format {
  const from = visibleFrom(text, 0);
  if (from === text.length) return 'empty';
  const first = text[from];
  if (first === '[' || text.startsWith('//', from) || text.startsWith('/*', from)) return 'json';
  if (first !== '{') return 'table';
  return isJsonLines(text, from) ? 'json-lines' : 'json';
}

function isJsonLines(text: string, start: number): boolean {
  let at = start;
  let isSeparated = false;
  for (let line = 1; line < fewLines; line += 1) {
    const end = lineEndFrom(text, at);
    const next = visibleFrom(text, end);
    if (next === text.length) break;
    if (text[next] !== '{') return false;
    isSeparated ||= lastVisible(text, end) === '}';
    at = next;
  }
  return isSeparated;
}

/** The offset of the next character at or behind `from` that is no white space (or byte order mark, which counts as such). */
function visibleFrom(text: string, from: number): number {
  const visible = /\S/g;
  visible.lastIndex = from;
  return visible.exec(text)?.index ?? text.length;
}

function lastVisible(text: string, before: number): string | undefined {
  let at = before - 1;
  while (at >= 0 && /\s/.test(text[at]!)) at -= 1;
  return text[at];
}

/** The offset of the line end behind `from`. The platform's own search is fast enough for a line of 100 MB. */
function lineEndFrom(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  // A lone return ends a line too, as in old files; one far behind the line feed does not matter.
  const line = text.slice(from, Math.min(end, from + 1_000_000)).indexOf('\r');
  return line < 0 ? end : from + line;
}
