import { json } from '@codemirror/lang-json';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { coloursInSight } from './colours-in-sight.ts';

/** In characters: up to here anything goes. */
const small = 200_000;
/** So many characters a line, on average, and the text was not made for reading. */
const unreadable = 5_000;

const language = json();
const compartment = new Compartment();

/**
 * What only suits some sizes: with 3 MB on one line, wrapping it blocked the page for a second a key, colours for 0.1; and
 * a parser of a large text for up to 50 ms now and then.
 */
function suits({ length, lines }: Text) {
  const isSmall = length <= small;
  return { isSmall, colours: isSmall || length / lines <= unreadable };
}

function extensionFor(doc: Text): Extension {
  const { isSmall, colours } = suits(doc);
  if (isSmall) return [EditorView.lineWrapping, language];
  return colours ? coloursInSight : [];
}

/** Wraps lines and colours them as far as the text's size allows, and keeps to that as it grows or shrinks. */
export const suitedToSize = (doc: Text): Extension => [
  compartment.of(extensionFor(doc)),
  EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
    if (!docChanged) return null;
    const before = suits(startState.doc);
    const after = suits(newDoc);
    if (before.isSmall === after.isSmall && before.colours === after.colours) return null;
    return { effects: compartment.reconfigure(extensionFor(newDoc)) };
  }),
];
