/** Made once, because making one takes longer than formatting. English, like everything on screen. */
const format = new Intl.NumberFormat('en');

/** `12,345` */
export const figure = (value: number): string => format.format(value);

/** `1 row`, `12,345 rows` */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${figure(value)} ${value === 1 ? one : many}`;
