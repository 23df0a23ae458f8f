import { EditorView } from '@codemirror/view';
import { theme } from '#ui/theme/theme.ts';
import { fontSize, fontWeight, radius } from '#ui/theme/tokens.ts';
import { tint } from './editor-theme.ts';

const { palette } = theme.vars!;
const { fontFamily, mono } = theme.typography;

/** The page's severity icons as masks, to be filled with a colour. */
const shape = (path: string) =>
  `url('data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${path}"/></svg>')`;
const marks = {
  error: {
    color: palette.error.main,
    mask: shape('M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2zm0-4h-2V7h2z'),
  },
  warning: {
    color: palette.warning.main,
    mask: shape('M12 5.99 19.53 19H4.47zM12 2 1 21h22zm1 14h-2v2h2zm0-6h-2v4h2z'),
  },
  info: {
    color: palette.info.main,
    mask: shape(
      'M11 7h2v2h-2zm0 4h2v6h-2zm1-9a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16z',
    ),
  },
};

const marked = Object.entries(marks).flatMap(([severity, { color, mask }]) => [
  [
    `.cm-lintRange-${severity}`,
    {
      backgroundImage: 'none',
      textDecoration: `underline wavy ${color} 1px`,
      textDecorationSkipInk: 'none',
      textUnderlineOffset: '3px',
    },
  ],
  [`.cm-lintPoint-${severity}::after`, { borderBottomColor: color }],
  [`.cm-diagnostic-${severity}`, { borderLeft: `3px solid ${color}` }],
  [
    `.cm-lint-marker-${severity}`,
    { content: 'normal', backgroundColor: color, mask: `${mask} center / contain no-repeat` },
  ],
]);

/** Styles of marks, tooltips and the search panel. */
export const assistanceTheme = EditorView.theme({
  '.cm-gutter-lint .cm-gutterElement': {
    padding: '0 0 0 6px',
    display: 'flex',
    alignItems: 'center',
    maxHeight: '1.6em',
  },
  '.cm-lint-marker': { width: '14px', height: '14px' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: tint(palette.wheat.main, 35), color: 'inherit' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: tint(palette.error.main, 25), color: 'inherit' },
  '.cm-searchMatch': { backgroundColor: tint(palette.wheat.main, 30) },
  '.cm-searchMatch-selected': { backgroundColor: tint(palette.wheat.main, 65) },

  '.cm-tooltip': {
    color: palette.text.primary,
    backgroundColor: palette.background.paper,
    border: `1px solid ${palette.outline.main}`,
    borderRadius: radius.control,
    boxShadow: palette.shadow.menu,
  },
  '.cm-tooltip-lint': { maxWidth: 'min(32rem, calc(100vw - 32px))' },
  '.cm-diagnostic': {
    padding: '6px 10px',
    marginLeft: '0',
    font: `${fontWeight.regular} ${fontSize.body}/1.5 ${fontFamily}`,
  },
  '.cm-diagnostic .where': { color: palette.text.secondary },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: mono,
    fontSize: fontSize.body,
    maxHeight: '16em',
    borderRadius: radius.small,
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: palette.wheat.ink,
    backgroundColor: palette.wheat.main,
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: String(fontWeight.semibold) },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-tooltip.cm-completionInfo': {
    padding: '6px 10px',
    maxWidth: 'min(20rem, calc(100vw - 32px))',
    font: `${fontWeight.regular} ${fontSize.body}/1.5 ${fontFamily}`,
    overflow: 'hidden',
  },
  '.cm-snippetField': { backgroundColor: tint(palette.wheat.main, 25) },

  '.cm-panels': { color: palette.text.primary, backgroundColor: palette.sunken.main },
  '.cm-panels-top': { borderBottom: `1px solid ${palette.divider}` },
  '.cm-panel.cm-search': { padding: '6px 32px 6px 8px', fontSize: fontSize.body },
  '.cm-panel.cm-search label': { fontSize: 'inherit', whiteSpace: 'nowrap' },
  '.cm-textfield': {
    font: 'inherit',
    color: 'inherit',
    backgroundColor: palette.background.paper,
    border: `1px solid ${palette.outline.main}`,
    borderRadius: radius.control,
    padding: '3px 8px',
  },
  '.cm-button': {
    font: 'inherit',
    color: 'inherit',
    backgroundImage: 'none',
    backgroundColor: palette.background.paper,
    border: `1px solid ${palette.outline.main}`,
    borderRadius: radius.control,
    padding: '3px 10px',
    cursor: 'pointer',
  },
  '.cm-panel.cm-search [name=close]': {
    color: 'inherit',
    fontSize: fontSize.page,
    padding: '0 8px',
    cursor: 'pointer',
  },
  '.cm-panels :focus-visible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: '1px' },
  ...Object.fromEntries(marked),
});
