import type { Span } from '#wire/json/json-scan.ts';
import type { Parsed } from '#domain/parse/parsed.ts';
import { cellsOfRow } from '#domain/parse/table/cell-bytes.ts';
import { rowAt } from '#domain/parse/table/table.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';

/**
 * The source without some of its entries, `deleted` ascending; everything else stays byte for byte. Annotations of an export
 * can't be deleted.
 */
export function withoutEntries(source: SourceText, parsed: Parsed, deleted: Uint32Array): SourceText {
  const spanOf = spansIn(source, parsed);
  if (spanOf === undefined) return source;
  const edits: Edit[] = [];
  const last = parsed.grid?.records.count ?? parsed.entries.length;
  for (let index = 0; index < deleted.length;) {
    const first = deleted[index]!;
    let next = first + 1;
    for (index += 1; deleted[index] === next; index += 1) next += 1;
    // Delete the separator after each entry, or the one before it at the end.
    const from = next < last || first === 0 ? spanOf(first).from : spanOf(first - 1).to;
    const to = next < last ? spanOf(next).from : spanOf(next - 1).to;
    edits.push({ from, to, put: '' });
  }
  return source.edited(edits);
}

/** Where each entry is in the source. */
function spansIn(source: SourceText, { writing }: Parsed): ((entry: number) => Span) | undefined {
  switch (writing.as) {
    case 'table': {
      const { table } = writing;
      const delimiter = table.dialect.delimiter.charCodeAt(0);
      return (row) => {
        const from = rowAt(source, table, row);
        return { from, to: cellsOfRow(source.bytes, from, delimiter).at(-1)! };
      };
    }
    case 'list':
    case 'lines':
      return (entry) => {
        const { from, text } = writing.partOf(entry);
        return { from, to: from + text.bytes.length };
      };
    case 'one':
    case 'export':
    case 'converted':
      return undefined;
  }
}
