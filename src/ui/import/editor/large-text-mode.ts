import { json } from '@codemirror/lang-json';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** In characters; smaller texts get every feature. */
const small = 100_000;
/** Average characters a line above which a text is machine-made, such as the rows of a wide table. */
const unreadable = 1_000;

const forSmall = [EditorView.lineWrapping, json()];
const compartment = new Compartment();

const isSmall = ({ length }: Text) => length <= small;

/** True if only visible lines are coloured: parsing a large text blocks the page for up to 50 ms. */
export const highlightsVisibleOnly = (doc: Text) => !isSmall(doc) && doc.length / doc.lines <= unreadable;

const extensionFor = (doc: Text): Extension => (isSmall(doc) ? forSmall : []);

/**
 * Turns line wrapping and parsing on or off by the text's size, also as it changes: with 3 MB on one line, wrapping
 * blocked the page for a second a key.
 */
export const largeTextMode = (doc: Text): Extension => [
  compartment.of(extensionFor(doc)),
  EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) =>
    docChanged && isSmall(startState.doc) !== isSmall(newDoc)
      ? { effects: compartment.reconfigure(extensionFor(newDoc)) }
      : null,
  ),
];
