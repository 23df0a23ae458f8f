import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { Compartment, type Extension } from '@codemirror/state';
import { EditorView, gutter, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';

/** Where `assistance.ts` goes when it has come. Until then there is a gutter as wide as its own, so that nothing jumps. */
export const assisted = new Compartment();

/** Where the editor says what is handed over instead of being put into it. */
export const handedOver = new Compartment();

/**
 * What makes the editor, picked one by one: the usual bundle of everything is 30 kB more. Tab is left alone, so that it
 * leads out of the editor as it leads out of everything else; F8 is the screen's, because it works beside the editor too.
 */
export const extensions = (firstLine: number): Extension => [
  assisted.of(gutter({ class: 'cm-gutter-lint' })),
  handedOver.of([]),
  editorTheme,
  lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
  history(),
  highlightActiveLine(),
  EditorView.contentAttributes.of({
    'aria-label': 'Batch as JSON',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    // It can take the focus without, but not everything that looks for what can knows it.
    tabindex: '0',
  }),
  keymap.of([...historyKeymap, ...standardKeymap]),
];
