import type { ColumnValues, ValueReading } from '#domain/parse/grid/unmatched-values.ts';
import type { Label } from '#engine/batch/calls/grid-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';

const maxNamed = 3;

/** A label as text; path levels are joined by ` > `. */
export const formatLabel = (label: Label) => [label].flat().join(' > ');

/** Two lines: unmatched values, and values mapped to a label. */
export function summarizeValues(columns: readonly ColumnValues[]): { open: string; accepted: string } {
  const all = columns.flatMap(({ values }) => values);
  const more = columns.reduce((sum, column) => sum + column.more, 0);
  const open = all.filter(({ label }) => label === undefined);
  const accepted = all.filter(({ label }) => label !== undefined);
  const isOne = open.length + more === 1;
  return {
    open:
      open.length + more === 0
        ? ''
        : `${isOne ? '1 value doesn’t' : `${figure(open.length + more)} values don’t`} match a label: ${listed(open, more)}`,
    accepted: accepted.length === 0 ? '' : `Mapped: ${listed(accepted, 0)}`,
  };
}

function listed(values: readonly ValueReading[], more: number): string {
  const named = values.slice(0, maxNamed).map(({ written, label, rows }) => {
    const as = label === undefined ? '' : ` → ${formatLabel(label)}`;
    return `“${cut(written)}”${as}, ${count(rows, 'row')}`;
  });
  const others = values.length - named.length + more;
  return named.join('; ') + (others > 0 ? `; and ${figure(others)} more` : '');
}

const longest = 30;
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);
