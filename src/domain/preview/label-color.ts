/** Colours for labels without one, which differ from their neighbours in both themes. */
const palette = ['#2f6fd0', '#c22f6b', '#0b7f5c', '#a85d00', '#7443c4', '#b3382c', '#1d7a8c', '#6b6f00'];

/** A name or a hexadecimal code; nothing else may get into a style. */
const isColor = /^(?:#[\da-f]{3,8}|[a-z]{3,30})$/i;

/** The colour of a label: that of the config, else one by the label’s index. */
export function labelColor(background: string | undefined, index: number): string {
  const color = background?.trim() ?? '';
  return isColor.test(color) ? color : palette[index % palette.length]!;
}

/** The named CSS colours on which white is more readable than black. */
const darkNames = new Set(
  (
    'black blue blueviolet brown crimson darkblue darkgreen darkmagenta darkolivegreen darkorchid darkred ' +
    'darkslateblue darkslategray darkslategrey darkviolet dimgray dimgrey firebrick green indigo maroon mediumblue ' +
    'mediumvioletred midnightblue navy purple rebeccapurple royalblue saddlebrown sienna slateblue teal'
  ).split(' '),
);

/** The luminance on which black and white have the same contrast: WCAG 2.2, contrast ratio. */
const middleLuminance = Math.sqrt(1.05 * 0.05) - 0.05;

/** Black or white, whichever is more readable on a label’s colour from `labelColor`. Ignores transparency. */
export function inkOn(color: string): 'black' | 'white' {
  if (!color.startsWith('#')) return darkNames.has(color.toLowerCase()) ? 'white' : 'black';
  const digits = color.slice(1);
  const size = digits.length < 6 ? 1 : 2;
  const [red, green, blue] = [0, 1, 2].map((channel) =>
    linear(digits.slice(channel * size, (channel + 1) * size).padEnd(2, digits[channel])),
  );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > middleLuminance ? 'black' : 'white';
}

/** A channel of sRGB as light, 0–1. Source: WCAG 2.2, relative luminance. */
function linear(hex: string): number {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
