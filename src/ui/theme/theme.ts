import { createTheme } from '@mui/material/styles';

/**
 * The one place where Sheaf's looks are decided.
 *
 * - **Type**: 12 · 13 · 14 · 16 · 20 px of the system's own face. Anything that a person compares or copies (ids, JSON)
 *   is set in `mono`; figures are tabular everywhere.
 * - **Space**: steps of 4 px, so `spacing(2)` is 8 px.
 * - **Colour**: warm greys and one accent, wheat. As a surface it is the same in both schemes and carries ink; as text
 *   it is `primary.main`, darkened or lightened until it reads. Every text colour is at least 5.5 : 1 on every surface.
 */

declare module '@mui/material/styles' {
  interface Palette {
    /** The accent as a surface: the one main action of a screen, the mark of the current step. */
    wheat: { main: string; hover: string; ink: string };
    /** A surface a little apart from the page: headers of tables, code, quiet buttons. */
    sunken: { main: string; hover: string };
    /** Something that happened twice and should not have. */
    doubled: { main: string };
    /** Outline of what can be typed into or pressed; 3 : 1 against every surface. */
    outline: { main: string };
  }
  interface PaletteOptions extends Partial<Pick<Palette, 'wheat' | 'sunken' | 'doubled' | 'outline'>> {}
  interface TypographyVariants {
    mono: string;
  }
  interface TypographyVariantsOptions {
    mono?: string;
  }
}

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const mono =
  'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

const wheat = { main: '#e5ad3f', hover: '#d89f2f', ink: '#231900' };

const light = {
  wheat,
  primary: { main: '#7d5200' },
  background: { default: '#f8f6f1', paper: '#ffffff' },
  sunken: { main: '#f1ede5', hover: '#e9e4d9' },
  text: { primary: '#211d17', secondary: '#635b4f', disabled: '#756d61' },
  divider: '#e3ddd1',
  outline: { main: '#8f8677' },
  success: { main: '#1f6b3d' },
  error: { main: '#ad2a1d' },
  warning: { main: '#934400' },
  info: { main: '#28599c' },
  doubled: { main: '#7a3a8c' },
};

const dark: typeof light = {
  wheat,
  primary: { main: '#e8b557' },
  background: { default: '#161412', paper: '#1e1b18' },
  sunken: { main: '#292520', hover: '#332e28' },
  text: { primary: '#ece6dc', secondary: '#aaa093', disabled: '#978d80' },
  divider: '#37312b',
  outline: { main: '#7b7265' },
  success: { main: '#74c993' },
  error: { main: '#f59a8c' },
  warning: { main: '#f0a562' },
  info: { main: '#93b9ef' },
  doubled: { main: '#d2a3e0' },
};

const size = { tiny: '0.75rem', small: '0.8125rem', base: '0.875rem', large: '1rem', title: '1.25rem' };

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-color-scheme', cssVarPrefix: 'sheaf' },
  colorSchemes: { light: { palette: light }, dark: { palette: dark } },
  spacing: 4,
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: sans,
    mono,
    fontSize: 14,
    h1: { fontSize: size.title, fontWeight: 600, lineHeight: 1.3, letterSpacing: '-0.01em' },
    h2: { fontSize: size.large, fontWeight: 600, lineHeight: 1.4 },
    h3: { fontSize: size.base, fontWeight: 600, lineHeight: 1.4 },
    body1: { fontSize: size.base, lineHeight: 1.5 },
    body2: { fontSize: size.small, lineHeight: 1.5 },
    caption: { fontSize: size.tiny, lineHeight: 1.4 },
    button: { fontSize: size.small, fontWeight: 550, lineHeight: 1.5, textTransform: 'none' },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: ({ vars }) => ({
        body: {
          fontVariantNumeric: 'tabular-nums',
          fontSize: size.base,
          textRendering: 'optimizeLegibility',
        },
        'code, kbd, pre': { fontFamily: mono, fontSize: '0.92em' },
        a: { color: vars.palette.primary.main, textUnderlineOffset: '0.15em' },
        summary: { cursor: 'pointer' },
        // One ring for everything that takes the focus; the parts of MUI that bring their own are told not to below.
        ':focus-visible': { outline: `2px solid ${vars.palette.primary.main}`, outlineOffset: 2 },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': {
            animationDuration: '0.01ms !important',
            animationIterationCount: '1 !important',
            transitionDuration: '0.01ms !important',
            scrollBehavior: 'auto !important',
          },
        },
      }),
    },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: {
        // It takes the outline from itself, and a radio button's input, which has the focus, is not seen at all.
        root: ({ theme: { vars } }) => ({
          '&.Mui-focusVisible': { outline: `2px solid ${vars.palette.primary.main}`, outlineOffset: 2 },
        }),
      },
    },
    MuiButton: {
      defaultProps: { disableElevation: true, color: 'inherit' },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          minWidth: 0,
          padding: '5px 12px',
          minHeight: 32,
          whiteSpace: 'nowrap',
          '&.Mui-disabled': { color: vars.palette.text.disabled },
        }),
        text: ({ theme: { vars } }) => ({ '&:hover': { backgroundColor: vars.palette.sunken.main } }),
        outlined: ({ theme: { vars } }) => ({
          borderColor: vars.palette.divider,
          backgroundColor: vars.palette.background.paper,
          '&:hover': {
            backgroundColor: vars.palette.sunken.main,
            borderColor: vars.palette.outline.main,
          },
        }),
        contained: ({ theme: { vars } }) => ({
          backgroundColor: vars.palette.wheat.main,
          color: vars.palette.wheat.ink,
          '&:hover': { backgroundColor: vars.palette.wheat.hover },
          '&.Mui-disabled': { backgroundColor: vars.palette.sunken.main },
        }),
        sizeSmall: { padding: '2px 8px', minHeight: 26 },
        startIcon: { marginRight: 6, marginLeft: -2 },
      },
    },
    MuiIconButton: {
      defaultProps: { size: 'small' },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          borderRadius: 6,
          color: vars.palette.text.secondary,
          '&:hover': {
            backgroundColor: vars.palette.sunken.main,
            color: vars.palette.text.primary,
          },
        }),
      },
    },
    MuiSvgIcon: {
      defaultProps: { fontSize: 'small' },
      styleOverrides: { fontSizeSmall: { fontSize: '1.125rem' } },
    },
    // What pops up belongs to the page's main part: out in the body no landmark would lead to it.
    MuiPopper: { defaultProps: { container: () => document.querySelector('main') } },
    MuiOutlinedInput: {
      defaultProps: { size: 'small', notched: false },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          backgroundColor: vars.palette.background.paper,
          '& .MuiOutlinedInput-notchedOutline': { borderColor: vars.palette.outline.main, top: 0 },
          '& .MuiOutlinedInput-notchedOutline > legend': { display: 'none' },
          '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: vars.palette.text.secondary },
        }),
        input: { padding: '6px 10px', height: '1.25rem', '&:focus-visible': { outline: 'none' } },
        multiline: { padding: 0 },
      },
    },
    MuiFormLabel: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          fontSize: size.small,
          lineHeight: 1.5,
          fontWeight: 550,
          color: vars.palette.text.primary,
          '&.Mui-focused': { color: vars.palette.text.primary },
        }),
      },
    },
    MuiFormHelperText: {
      styleOverrides: { root: { margin: '4px 0 0', fontSize: size.tiny, lineHeight: 1.4 } },
    },
    MuiFormControlLabel: { styleOverrides: { label: { fontSize: size.base } } },
    MuiRadio: { defaultProps: { size: 'small', color: 'primary' } },
    MuiCheckbox: { defaultProps: { size: 'small', color: 'primary' } },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiAlert: {
      styleOverrides: {
        root: ({ theme: { vars }, ownerState }) => {
          const tone = vars.palette[ownerState.severity ?? 'info'].main;
          return {
            padding: '6px 12px',
            color: vars.palette.text.primary,
            fontSize: size.base,
            backgroundColor: `color-mix(in srgb, ${tone} 7%, ${vars.palette.background.paper})`,
            border: `1px solid color-mix(in srgb, ${tone} 35%, ${vars.palette.background.paper})`,
            '& .MuiAlert-icon': { color: tone, marginRight: 8, padding: '6px 0', fontSize: '1.125rem' },
            '& .MuiAlert-message': { minWidth: 0, flex: 1, overflowWrap: 'anywhere' },
          };
        },
      },
    },
    MuiAlertTitle: { styleOverrides: { root: { margin: 0, fontSize: size.base, fontWeight: 600 } } },
    MuiDrawer: {
      styleOverrides: {
        paper: ({ theme: { vars } }) => ({ borderLeft: `1px solid ${vars.palette.divider}`, border: 0 }),
      },
    },
    MuiTooltip: { styleOverrides: { tooltip: { fontSize: size.tiny } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: size.base, minHeight: 32 } } },
  },
});
