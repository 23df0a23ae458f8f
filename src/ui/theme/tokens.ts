/**
 * The design tokens: every size, weight, radius and colour of the app. Screens use them through the theme, or by name
 * if MUI has no place for one.
 *
 * - **Type**: 11 · 12 · 13 (body) · 14 · 16 · 20 · 28 px, in rem, so that the browser’s font size applies.
 * - **Colour**: text and state texts have a contrast of 4.5 : 1 on every surface; `edge`, `star` and solid state
 * colours 3 : 1.
 */

export const sans =
  '"Inter Variable", "Inter Fallback", "Inter Fallback DejaVu", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const mono =
  '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace';

const rem = (px: number) => `${px / 16}rem`;

export const fontSize = {
  /** Key caps and sub-titles in dense grids; never sentences. */
  micro: rem(11),
  /** Hints and meta. */
  small: rem(12),
  body: rem(13),
  /** Section titles, dialog text. */
  lead: rem(14),
  title: rem(16),
  page: rem(20),
  /** The main figure of a page. */
  figure: rem(28),
  icon: rem(16),
  iconLarge: rem(18),
} as const;

export const fontWeight = { regular: 420, medium: 520, semibold: 600 } as const;

/** In px. */
export const height = {
  bar: 48,
  gridHead: 52,
  row: 32,
  /** Rows of the import grid, and the status bar. */
  rowDense: 28,
  control: 32,
  controlSmall: 26,
} as const;

export const radius = {
  /** Chips, key caps, cells. */
  small: '4px',
  control: '6px',
  /** Cards and menus. */
  card: '10px',
  /** Dialogs, and the tiles of the first screen. */
  dialog: '14px',
  /** Radio buttons. */
  round: '50%',
} as const;

/** The accent as a surface: the main action of a screen. */
const wheat = { main: '#ebb44a', ink: '#241a02' };
const mark = { straw: '#d9920a', band: '#8a5a00' };

export const light = {
  wheat: { ...wheat, hover: '#e0a535', edge: '#c98f1e' },
  mark,
  star: { main: '#b87a0a' },
  primary: { main: '#7a5100' },
  background: { default: '#faf8f4', paper: '#ffffff' },
  sunken: { main: '#f5f2eb', hover: '#f1ede4', pressed: '#e8e2d5' },
  action: { hover: '#f1ede4', selected: '#fcf3dd' },
  scrim: { main: 'rgb(33 27 20 / 0.42)' },
  divider: '#e9e4d9',
  outline: { main: '#8c8475', quiet: '#d9d2c4' },
  text: { primary: '#211c15', secondary: '#5e564a', disabled: '#6d6558' },
  success: { main: '#1c683c', tint: '#e9f4ec', solid: '#3c9a63', line: '#b5d9c2' },
  error: { main: '#a8281c', tint: '#fcebe8', solid: '#cf4a3b', line: '#eebbb4' },
  warning: { main: '#8a4600', tint: '#fdf0df', solid: '#c97a1e', line: '#eccfa6' },
  info: { main: '#27568f', tint: '#eaf1fa', solid: '#5a8fce', line: '#bdd2ea' },
  doubled: { main: '#75368a', tint: '#f6ecf9', solid: '#a765bd', line: '#dcc2e4' },
  idle: { solid: '#9b917f' },
  shadow: {
    card: '0 1px 2px rgb(60 45 20 / 0.06)',
    menu: '0 2px 6px rgb(60 45 20 / 0.07), 0 12px 32px rgb(60 45 20 / 0.14)',
    dialog: '0 4px 12px rgb(60 45 20 / 0.1), 0 24px 64px rgb(60 45 20 / 0.22)',
  },
};

export const dark: typeof light = {
  wheat: { ...wheat, hover: '#f2c163', edge: '#ebb44a' },
  mark,
  star: { main: '#ebb44a' },
  primary: { main: '#eabb62' },
  background: { default: '#161412', paper: '#1d1a17' },
  sunken: { main: '#24201c', hover: '#2b2722', pressed: '#37312a' },
  action: { hover: '#2b2722', selected: '#352b19' },
  scrim: { main: 'rgb(0 0 0 / 0.6)' },
  divider: '#2f2a25',
  outline: { main: '#857b6d', quiet: '#423b33' },
  text: { primary: '#eee8de', secondary: '#b3a99b', disabled: '#a0968a' },
  success: { main: '#7fcf9c', tint: '#1c2b21', solid: '#4fae77', line: '#2f5640' },
  error: { main: '#f7a497', tint: '#3a1f1b', solid: '#d9604f', line: '#6d3530' },
  warning: { main: '#f2b06f', tint: '#35260f', solid: '#d98b35', line: '#634718' },
  info: { main: '#9cc0f2', tint: '#1b2637', solid: '#6b9cdb', line: '#2f486b' },
  doubled: { main: '#d8abe5', tint: '#2f2033', solid: '#b277c6', line: '#57395f' },
  idle: { solid: '#786e60' },
  shadow: {
    card: '0 1px 2px rgb(0 0 0 / 0.3)',
    menu: '0 2px 6px rgb(0 0 0 / 0.35), 0 12px 32px rgb(0 0 0 / 0.45)',
    dialog: '0 4px 12px rgb(0 0 0 / 0.4), 0 24px 64px rgb(0 0 0 / 0.6)',
  },
};
