import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { theme } from '#ui/theme/theme.ts';
import { fontSize } from '#ui/theme/tokens.ts';

// CSS variables, so the editor follows the page's light or dark mode.
const { palette } = theme.vars!;
const { mono } = theme.typography;

export const tint = (color: string, percent: number) =>
  `color-mix(in srgb, ${color} ${percent}%, transparent)`;

const look = EditorView.theme({
  '&': { height: '100%', color: palette.text.primary, backgroundColor: palette.background.paper },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: mono, fontSize: fontSize.body, lineHeight: '1.6' },
  '.cm-content': { padding: '8px 0', caretColor: palette.text.primary },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: tint(palette.wheat.main, 45) },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: tint(palette.wheat.edge, 8) },
  '.cm-gutters': {
    color: palette.text.disabled,
    backgroundColor: palette.background.paper,
    border: 'none',
    userSelect: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '2.5em' },
  '.cm-gutter-lint': { width: '1.5em' },
});

/** Syntax colours of JSON. */
export const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: palette.text.primary },
  { tag: tags.string, color: palette.success.main },
  { tag: tags.number, color: palette.info.main },
  { tag: [tags.bool, tags.null], color: palette.doubled.main },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: palette.text.secondary },
]);

export const editorTheme = [look, syntaxHighlighting(colours)];
