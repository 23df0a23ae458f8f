import { firstLineOf } from '#wire/text/text-version.ts';
import type { Edit } from '#domain/text/source-text.ts';
import type { Replaced, TextOnScreen } from '#engine/batch/batch-text.ts';

/** The text of an engine that has just started. */
export const emptyText: TextOnScreen = {
  edition: 0,
  typed: 0,
  length: 0,
  firstLine: '',
  namesProject: false,
  part: { text: '', from: 0, to: 0, firstLine: 1 },
};

/** True if the window is all of the text. */
export const isWhole = ({ part, length }: TextOnScreen): boolean => part.from === 0 && part.to === length;

/** Stays the same while the window's text changes. */
export const windowOf = (text: TextOnScreen): string =>
  `${text.part.from}:${text.part.firstLine}:${isWhole(text)}`;

/** True if the text is only whitespace. A large text is never blank here; the check decides. */
export const isBlank = (text: TextOnScreen): boolean => isWhole(text) && text.part.text.trim() === '';

/** The text as it is after typing, which the engine only confirms. */
export function withTyped(text: TextOnScreen, edits: readonly Edit[]): TextOnScreen {
  let { part, length } = text;
  // From the end, so that the places of the other edits stay valid.
  for (const edit of edits.toSorted((one, other) => other.from - one.from)) {
    part = partWithTyped(part, edit);
    length += growth(edit);
  }
  const next = { ...text, typed: text.typed + 1, length, part };
  return {
    ...next,
    firstLine: part.from === 0 ? firstLineOf(part.text) : text.firstLine,
    namesProject: (text.namesProject && !isWhole(next)) || part.text.includes('"project"'),
  };
}

function partWithTyped(part: TextOnScreen['part'], edit: Edit): TextOnScreen['part'] {
  const { from, to } = part;
  const [start, end] = [clamp(edit.from, from, to), clamp(edit.to, from, to)];
  const isHere = edit.from >= from && edit.from <= to;
  const put = isHere ? edit.put : '';
  const words = part.text.slice(0, start - from) + put + part.text.slice(end - from);
  const first = isHere || edit.from > to ? from : edit.from + edit.put.length + Math.max(0, from - edit.to);
  return { text: words, from: first, to: first + words.length, firstLine: first === 0 ? 1 : part.firstLine };
}

const clamp = (place: number, from: number, to: number) => Math.min(Math.max(place, from), to);

const growth = ({ from, to, put }: Edit) => put.length - (to - from);

/** A range that the engine replaced. */
type Change = Pick<Replaced, 'from' | 'to' | 'length'>;

/**
 * Moves edits that were typed before a change was known to where their places are after it. Those inside the changed
 * range are gone with it. Also gives the change as it is for what was typed next.
 */
export function rebased(edits: readonly Edit[], change: Change): { edits: Edit[]; change: Change } {
  const { from, to, length } = change;
  const isBefore = (edit: Edit) => edit.to <= from;
  const moved = edits.flatMap(({ put, ...edit }) => {
    if (isBefore({ put, ...edit })) return [{ put, ...edit }];
    const by = length - (to - from);
    return edit.from >= to ? [{ from: edit.from + by, to: edit.to + by, put }] : [];
  });
  const next = { from, to, length };
  for (const edit of edits) {
    if (isBefore(edit)) {
      next.from += growth(edit);
      next.to += growth(edit);
    } else if (edit.from < to) {
      next.from = Math.min(next.from, edit.from);
      next.to = Math.max(next.to, edit.to) + growth(edit);
    }
  }
  return { edits: moved, change: next };
}
