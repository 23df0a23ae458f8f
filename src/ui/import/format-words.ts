import type { Format } from '#domain/parse/import-settings.ts';

interface FormatWords {
  /** The name of the format. */
  name: string;
  /** The name of one of its entries. */
  entry: 'request' | 'row' | 'exported annotation';
}

const words: Record<Format, FormatWords> = {
  request: { name: 'JSON', entry: 'request' },
  requests: { name: 'JSON', entry: 'request' },
  'json-lines': { name: 'JSON Lines', entry: 'request' },
  records: { name: 'JSON', entry: 'row' },
  export: { name: 'Label Studio export', entry: 'exported annotation' },
  table: { name: 'Table', entry: 'row' },
  coco: { name: 'COCO', entry: 'row' },
  yolo: { name: 'YOLO', entry: 'row' },
  doccano: { name: 'doccano', entry: 'row' },
  prodigy: { name: 'Prodigy', entry: 'row' },
  empty: { name: 'Empty', entry: 'request' },
  unreadable: { name: 'Unknown format', entry: 'request' },
};

export const formatName = (format: Format): string => words[format].name;

export const entryName = (format: Format | undefined): FormatWords['entry'] =>
  format === undefined ? 'request' : words[format].entry;

/** True for formats with rows and columns, which the grid shows. */
export const hasRows = (format: Format): boolean => words[format].entry === 'row';
