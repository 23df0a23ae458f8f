import { RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';
import { tags, type Tag } from '@lezer/highlight';
import { colours } from './editor-theme.ts';
import { highlightsVisibleOnly } from './large-text-mode.ts';

/** Group 1 is a string; group 2 is the colon after it if the string is a property name. */
const token = /("(?:[^"\\]|\\.)*"?)(?=(\s*:)?)|-?\d[\w.+-]*|true|false|null|[[\]{},:]+/g;

/** In characters. Rows of a wide table have a hundred times as many, with an element for every third one. */
const maxVisible = 30_000;

/** How far before the visible part of a long line tokenizing starts, in characters. */
const maxBefore = 10_000;

/**
 * Colours visible lines of a large JSON text by regex. A parser reads all of it again on each key and would block the
 * page.
 */
export const visibleHighlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }

    update({
      docChanged,
      viewportChanged,
      view,
    }: {
      docChanged: boolean;
      viewportChanged: boolean;
      view: EditorView;
    }) {
      if (docChanged || viewportChanged) this.decorations = coloured(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function coloured({ state, visibleRanges }: EditorView): DecorationSet {
  const visible = visibleRanges.reduce((sum, { from, to }) => sum + to - from, 0);
  if (visible > maxVisible || !highlightsVisibleOnly(state.doc)) return Decoration.none;
  const marks = new RangeSetBuilder<Decoration>();
  let end = 0;
  for (const { from, to } of visibleRanges)
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      end = addLine(marks, state.doc, Math.max(line.from, at - maxBefore, end), Math.min(line.to, to));
      at = line.to + 1;
    }
  return marks.finish();
}

/** Gives the end of the coloured part. */
function addLine(marks: RangeSetBuilder<Decoration>, doc: Text, from: number, to: number): number {
  const text = doc.sliceString(from, to);
  for (const { 0: all, 1: quoted, 2: colon, index } of text.matchAll(token)) {
    // Property names keep the default colour.
    if (colon !== undefined) continue;
    const start = from + index;
    marks.add(start, start + all.length, quoted === undefined ? markOf(all) : string);
  }
  return to;
}

const markFor = (tag: Tag) => Decoration.mark({ class: colours.style([tag]) ?? '' });
const string = markFor(tags.string);
const number = markFor(tags.number);
const word = markFor(tags.bool);
const sign = markFor(tags.punctuation);

function markOf(text: string): Decoration {
  if (/^[-\d]/.test(text)) return number;
  return /^\w/.test(text) ? word : sign;
}
