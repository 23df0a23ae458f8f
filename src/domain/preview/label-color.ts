/** Colours of labels without one, which differ from their neighbours in both themes. */
const palette = ['#2f6fd0', '#c22f6b', '#0b7f5c', '#a85d00', '#7443c4', '#b3382c', '#1d7a8c', '#6b6f00'];

/** A name or a hexadecimal code; nothing else gets into a style. */
const isColor = /^(?:#[\da-f]{3,8}|[a-z]{3,30})$/i;

/** The colour of a label: that of the config, otherwise one by the label’s place. */
export function labelColor(background: string | undefined, index: number): string {
  const color = background?.trim() ?? '';
  return isColor.test(color) ? color : palette[index % palette.length]!;
}
