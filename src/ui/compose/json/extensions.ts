import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { completeRequest } from './complete-request.ts';
import { editorTheme } from './editor-theme.ts';

/**
 * What the editor can do, picked one by one: the usual bundle costs 30 kB more. Tab is left alone, so that it leads out
 * of the editor as it leads out of everything else; F8 is the screen's, because it works outside the editor too.
 */
export const extensions: Extension = [
  json(),
  editorTheme,
  lintGutter({ hoverTime: 150 }),
  lineNumbers(),
  codeFolding(),
  foldGutter(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  autocompletion({ override: [completeRequest], icons: false }),
  search({ top: true }),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({
    'aria-label': 'Batch as JSON',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
  }),
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...foldKeymap,
    ...historyKeymap,
    ...standardKeymap,
  ]),
];
