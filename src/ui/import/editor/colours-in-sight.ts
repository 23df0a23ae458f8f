import { RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';
import { tags, type Tag } from '@lezer/highlight';
import { colours } from './editor-theme.ts';
import { isColouredInSight } from './suited-to-size.ts';

/** In each match the first group is a text, and the second one the colon behind it that makes a name of it. */
const token = /("(?:[^"\\]|\\.)*"?)(?=(\s*:)?)|-?\d[\w.+-]*|true|false|null|[[\]{},:]+/g;

/** A line that goes on for longer before what is in sight is not looked at from its beginning. */
const maxBefore = 10_000;

/**
 * The colours of JSON in a large text, line by line and only where somebody looks. A parser, which goes over all of it again
 * as it is typed into, would hold up the page.
 */
export const coloursInSight = ViewPlugin.fromClass(
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
  if (!isColouredInSight(state.doc)) return Decoration.none;
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

/** Gives the end of what it has coloured. */
function addLine(marks: RangeSetBuilder<Decoration>, doc: Text, from: number, to: number): number {
  const text = doc.sliceString(from, to);
  for (const { 0: all, 1: quoted, 2: colon, index } of text.matchAll(token)) {
    // A name has the colour of whatever has none.
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
