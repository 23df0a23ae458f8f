import { json } from '@codemirror/lang-json';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** In characters: up to here anything goes. */
const small = 100_000;
/** So many characters a line, on average, and the text was not made for reading. */
const unreadable = 5_000;

const forSmall = [EditorView.lineWrapping, json()];
const compartment = new Compartment();

const isSmall = ({ length }: Text) => length <= small;

/** Whether colours are given line by line where somebody looks: a parser of a large text blocks the page for up to 50 ms. */
export const isColouredInSight = (doc: Text) => !isSmall(doc) && doc.length / doc.lines <= unreadable;

const extensionFor = (doc: Text): Extension => (isSmall(doc) ? forSmall : []);

/**
 * Wraps lines, and reads all of the text to colour it, as far as the text's size allows, and keeps to that as it grows or
 * shrinks: with 3 MB on one line, wrapping it blocked the page for a second a key.
 */
export const suitedToSize = (doc: Text): Extension => [
  compartment.of(extensionFor(doc)),
  EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) =>
    docChanged && isSmall(startState.doc) !== isSmall(newDoc)
      ? { effects: compartment.reconfigure(extensionFor(newDoc)) }
      : null,
  ),
];
