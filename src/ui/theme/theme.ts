import { createTheme, type Shadows } from '@mui/material/styles';
import { dark, fontSize, fontWeight, height, light, mono, radius, sans } from './tokens.ts';

declare module '@mui/material/styles' {
  interface Palette {
    wheat: typeof light.wheat;
    /** The logo. */
    mark: typeof light.mark;
    /** Stars and other accents that must be visible. */
    star: typeof light.star;
    /** A surface set apart from the page: table headers, code, folded parts. */
    sunken: typeof light.sunken;
    /** The backdrop of a dialog. */
    scrim: typeof light.scrim;
    /** Duplicates, which should not exist. */
    doubled: typeof light.doubled;
    /** Skipped or waiting. */
    idle: typeof light.idle;
    /** `main` for every control with a value, 3 : 1 on every surface; `quiet` for cards, menus and buttons. */
    outline: typeof light.outline;
    shadow: typeof light.shadow;
  }
  interface PaletteOptions extends Partial<
    Pick<Palette, 'wheat' | 'mark' | 'star' | 'sunken' | 'scrim' | 'doubled' | 'idle' | 'outline' | 'shadow'>
  > {}
  /** Colours of a state: behind cells and notices, in bars, and around notices. */
  interface PaletteColor {
    tint: string;
    solid: string;
    line: string;
  }
  interface SimplePaletteColorOptions extends Partial<Pick<PaletteColor, 'tint' | 'solid' | 'line'>> {}
  interface TypographyVariants {
    mono: string;
  }
  interface TypographyVariantsOptions {
    mono?: string;
  }
}

const prefix = 'sheaf';
const shadow = (name: keyof typeof light.shadow) => `var(--${prefix}-palette-shadow-${name})`;

/** MUI numbers its shadows from 0 to 24: menus have 8, drawers and dialogs 16 or more. */
const shadows = Array.from({ length: 25 }, (_, level) => {
  if (level === 0) return 'none';
  if (level === 1) return shadow('card');
  return shadow(level < 16 ? 'menu' : 'dialog');
}) as Shadows;

/** The system chooses the colours: shadows and backgrounds disappear, and every border is visible. */
const forcedColors = '@media (forced-colors: active)';
const chosenInForcedColors = { outline: '2px solid Highlight', outlineOffset: -2 };

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-color-scheme', cssVarPrefix: prefix },
  colorSchemes: { light: { palette: light }, dark: { palette: dark } },
  spacing: 4,
  shape: { borderRadius: Number.parseInt(radius.control) },
  shadows,
  typography: {
    fontFamily: sans,
    mono,
    fontSize: 13,
    fontWeightRegular: fontWeight.regular,
    fontWeightMedium: fontWeight.medium,
    fontWeightBold: fontWeight.semibold,
    h1: {
      fontSize: fontSize.page,
      fontWeight: fontWeight.semibold,
      lineHeight: 1.3,
      letterSpacing: '-0.01em',
    },
    h2: { fontSize: fontSize.title, fontWeight: fontWeight.semibold, lineHeight: 1.4 },
    h3: { fontSize: fontSize.lead, fontWeight: fontWeight.semibold, lineHeight: 1.4 },
    body1: { fontSize: fontSize.body, fontWeight: fontWeight.regular, lineHeight: 1.5 },
    body2: { fontSize: fontSize.body, fontWeight: fontWeight.regular, lineHeight: 1.5 },
    caption: { fontSize: fontSize.small, fontWeight: fontWeight.regular, lineHeight: 1.4 },
    button: {
      fontSize: fontSize.body,
      fontWeight: fontWeight.medium,
      lineHeight: 1.5,
      textTransform: 'none',
    },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: ({ vars }) => ({
        // MUI’s `inherit` makes Chromium compute the style of each new element and its pseudo-elements ten times as slowly.
        '*, *::before, *::after': { boxSizing: 'border-box' },
        body: {
          fontSize: fontSize.body,
          fontWeight: fontWeight.regular,
          textRendering: 'optimizeLegibility',
        },
        'code, kbd, pre': { fontFamily: mono, fontSize: '0.923em' },
        table: { fontVariantNumeric: 'tabular-nums' },
        a: { color: vars.palette.primary.main, textUnderlineOffset: '0.15em' },
        summary: { cursor: 'pointer' },
        // Forced colours drop the backgrounds that otherwise mark what is selected.
        [forcedColors]: {
          '[aria-pressed="true"], [aria-selected="true"], [aria-current="true"]': chosenInForcedColors,
        },
        // One focus ring for everything; MUI components with their own are reset below.
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
        // A Select removes its outline, and a radio button’s focused input is invisible.
        root: ({ theme: { vars } }) => ({
          // Its own “no outline” has a higher specificity than the page’s rule.
          '&[aria-pressed="true"], &[aria-selected="true"], &[aria-current="true"]': {
            [forcedColors]: chosenInForcedColors,
          },
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
          minHeight: height.control,
          whiteSpace: 'nowrap',
          '&.Mui-disabled': { color: vars.palette.text.disabled },
        }),
        text: ({ theme: { vars } }) => ({ '&:hover': { backgroundColor: vars.palette.action.hover } }),
        outlined: ({ theme: { vars } }) => ({
          borderColor: vars.palette.outline.quiet,
          backgroundColor: vars.palette.background.paper,
          '&:hover': {
            backgroundColor: vars.palette.action.hover,
            borderColor: vars.palette.outline.main,
          },
        }),
        // Gold is the primary action; deleting is red, inside its dialog.
        contained: ({ theme: { vars }, ownerState }) => ({
          [forcedColors]: { border: '2px solid ButtonText', '&.Mui-disabled': { borderColor: 'GrayText' } },
          '&.Mui-disabled': { backgroundColor: vars.palette.sunken.main, boxShadow: 'none' },
          ...(ownerState.color !== 'error' && {
            backgroundColor: vars.palette.wheat.main,
            color: vars.palette.wheat.ink,
            fontWeight: fontWeight.semibold,
            boxShadow: `inset 0 0 0 1px ${vars.palette.wheat.edge}`,
            '&:hover': {
              backgroundColor: vars.palette.wheat.hover,
              boxShadow: `inset 0 0 0 1px ${vars.palette.wheat.edge}`,
            },
          }),
        }),
        sizeSmall: { padding: '2px 8px', minHeight: height.controlSmall },
        startIcon: { marginRight: 6, marginLeft: -2 },
      },
    },
    MuiIconButton: {
      defaultProps: { size: 'small' },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          borderRadius: radius.control,
          color: vars.palette.text.secondary,
          '&:hover': {
            backgroundColor: vars.palette.action.hover,
            color: vars.palette.text.primary,
          },
        }),
      },
    },
    MuiSvgIcon: {
      defaultProps: { fontSize: 'small' },
      styleOverrides: { fontSizeSmall: { fontSize: fontSize.iconLarge } },
    },
    MuiToggleButtonGroup: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          '& .MuiToggleButton-root': {
            minHeight: height.control,
            padding: '0 12px',
            borderColor: vars.palette.outline.quiet,
            color: vars.palette.text.secondary,
            '&:hover': { backgroundColor: vars.palette.action.hover, color: vars.palette.text.primary },
          },
          '& .MuiToggleButton-root.Mui-selected': {
            zIndex: 1,
            borderColor: vars.palette.outline.main,
            color: vars.palette.text.primary,
            '&, &:hover': { backgroundColor: vars.palette.background.paper },
          },
        }),
      },
    },
    // Popups belong to the page’s main part: in the body they would be outside all landmarks.
    MuiPopper: { defaultProps: { container: () => document.querySelector('main') } },
    MuiPopover: {
      defaultProps: { container: () => document.querySelector('main') },
      styleOverrides: { paper: { [forcedColors]: { border: '1px solid CanvasText' } } },
    },
    MuiOutlinedInput: {
      defaultProps: { size: 'small', notched: false },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          backgroundColor: vars.palette.background.paper,
          '& .MuiOutlinedInput-notchedOutline': { borderColor: vars.palette.outline.main, top: 0 },
          '& .MuiOutlinedInput-notchedOutline > legend': { display: 'none' },
          // On hover, too, the border shows focus or an error.
          '&:hover:not(.Mui-focused, .Mui-error, .Mui-disabled) .MuiOutlinedInput-notchedOutline': {
            borderColor: vars.palette.text.secondary,
          },
        }),
        input: { padding: '6px 10px', height: '1.25rem', '&:focus-visible': { outline: 'none' } },
        multiline: { padding: 0 },
        adornedStart: { paddingLeft: 10 },
        adornedEnd: { paddingRight: 8 },
      },
    },
    MuiInputBase: {
      styleOverrides: {
        input: ({ theme: { vars } }) => ({
          '&::placeholder': { color: vars.palette.text.disabled, opacity: 1 },
        }),
      },
    },
    MuiAutocomplete: {
      styleOverrides: {
        paper: ({ theme: { vars } }) => ({
          border: `1px solid ${vars.palette.outline.quiet}`,
          borderRadius: radius.card,
          boxShadow: vars.palette.shadow.menu,
        }),
        listbox: ({ theme: { vars } }) => ({
          '& .MuiAutocomplete-option.Mui-focused': { [forcedColors]: chosenInForcedColors },
          '& .MuiAutocomplete-option[aria-selected="true"]': {
            backgroundColor: vars.palette.action.selected,
          },
        }),
      },
    },
    MuiFormLabel: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          fontSize: fontSize.body,
          lineHeight: 1.5,
          fontWeight: fontWeight.medium,
          color: vars.palette.text.primary,
          '&.Mui-focused': { color: vars.palette.text.primary },
        }),
      },
    },
    MuiFormHelperText: {
      styleOverrides: { root: { margin: '4px 0 0', fontSize: fontSize.small, lineHeight: 1.4 } },
    },
    MuiFormControlLabel: { styleOverrides: { label: { fontSize: fontSize.body } } },
    MuiRadio: { defaultProps: { size: 'small', color: 'primary' } },
    MuiCheckbox: { defaultProps: { size: 'small', color: 'primary' } },
    MuiSwitch: {
      styleOverrides: {
        // MUI’s switch is white when off, which is invisible on a light page.
        switchBase: ({ theme: { vars } }) => ({
          '&:not(.Mui-checked, .Mui-disabled)': { color: vars.palette.outline.main },
        }),
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiAlert: {
      styleOverrides: {
        root: ({ theme: { vars }, ownerState }) => {
          const { main, tint, line } = vars.palette[ownerState.severity ?? 'info'];
          return {
            padding: '6px 12px',
            color: vars.palette.text.primary,
            fontSize: fontSize.body,
            backgroundColor: tint,
            border: `1px solid ${line}`,
            '& .MuiAlert-icon': {
              color: main,
              opacity: 1,
              marginRight: 8,
              padding: '9px 0',
              fontSize: fontSize.iconLarge,
            },
            '& .MuiAlert-message': { minWidth: 0, flex: 1, overflowWrap: 'anywhere' },
          };
        },
      },
    },
    MuiAlertTitle: {
      styleOverrides: { root: { margin: 0, fontSize: fontSize.body, fontWeight: fontWeight.semibold } },
    },
    MuiDrawer: {
      styleOverrides: {
        paper: ({ theme: { vars } }) => ({ border: 0, borderLeft: `1px solid ${vars.palette.divider}` }),
      },
    },
    MuiBackdrop: {
      styleOverrides: {
        // A menu’s backdrop is there to be pressed, not to be seen.
        root: ({ theme: { vars }, ownerState }) => ({
          ...(!ownerState.invisible && { backgroundColor: vars.palette.scrim.main }),
        }),
      },
    },
    MuiDialog: {
      styleOverrides: {
        paper: ({ ownerState }) => ({
          borderRadius: ownerState.fullScreen ? 0 : radius.dialog,
          [forcedColors]: { border: '1px solid CanvasText' },
        }),
      },
    },
    MuiDialogContent: { styleOverrides: { root: { fontSize: fontSize.lead } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '4px 24px 20px' } } },
    MuiMenu: {
      styleOverrides: {
        paper: ({ theme: { vars } }) => ({
          border: `1px solid ${vars.palette.outline.quiet}`,
          borderRadius: radius.card,
        }),
      },
    },
    MuiChip: { styleOverrides: { root: { borderRadius: radius.small } } },
    MuiTooltip: { styleOverrides: { tooltip: { fontSize: fontSize.small } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: fontSize.body, minHeight: height.row } } },
  },
});
