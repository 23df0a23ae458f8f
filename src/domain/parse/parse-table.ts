import { limits } from '#wire/limits.ts';
import { count } from '#wire/text/figures.ts';
import { knownFor, withoutEntries, type ParseInput, type Parsed } from './parsed.ts';
import { rolesOf } from '#domain/parse/mapping/column-roles.ts';
import { decimalCommasIn } from '#domain/parse/cells/decimal-commas.ts';
import type { ColumnRole } from '#domain/parse/columns/kept-column.ts';
import type { Column } from '#domain/parse/columns/records.ts';
import { haveMoreSamples, mapColumns } from '#domain/parse/mapping/map-columns.ts';
import { parseRecords } from '#domain/parse/records/parse-records.ts';
import { countCells } from '#domain/parse/table/cell-bytes.ts';
import { detectDialect, firstRowOf } from '#domain/parse/table/dialect.ts';
import { readTable } from '#domain/parse/table/read-table.ts';
import { columnsOf, recordsOfTable, sampleColumns } from '#domain/parse/table/table-records.ts';

/** Parses a table with one task per row. */
export function parseTable(input: ParseInput): Parsed {
  const { text, settings } = input;
  const dialect = detectDialect(text, settings);
  const from = firstRowOf(text, dialect);
  const width = countCells(text.bytes, from, dialect.delimiter.charCodeAt(0));
  if (width > limits.columns) {
    const message = `This table has ${count(width, 'column')}; the limit is ${count(limits.columns, 'column')}. Delete the columns you don’t need, or choose another delimiter.`;
    const problem = { code: 'too-many-columns', message, span: { from, to: from + 1 } };
    return withoutEntries({ format: 'table', dialect }, text, problem);
  }
  const known = knownFor(input);
  const sampled = sampleColumns(text, dialect);
  const read = (columns: readonly Column[], keptWhole: readonly number[] = []) => {
    const targets = mapColumns(columns, known, settings);
    const roles = rolesOf(columns, targets, known, settings).map((role, column): ColumnRole =>
      keptWhole.includes(column) ? { as: 'values' } : role,
    );
    const table = readTable(text, dialect, roles);
    return { targets, table, columns: columnsOf(text, table, sampled) };
  };
  const first = read(sampled);
  // Columns are mapped by the first rows; if all rows suggest another mapping, the table is read again.
  const isRight =
    !haveMoreSamples(first.columns, sampled) ||
    mapColumns(first.columns, known, settings).join() === first.targets.join();
  const mapped = isRight ? first : read(first.columns);
  const { kept } = mapped.table.rows;
  // Beside decimal commas, each number with a dot matters.
  const keptWhole = decimalCommasIn(kept, mapped.targets, known.config)
    .map(({ column }) => column)
    .filter((column) => kept[column]!.hasFree);
  const { table, columns, targets } =
    keptWhole.length === 0 ? mapped : read(isRight ? sampled : first.columns, keptWhole);
  const { problems, refusedRows: refused } = table;
  const source = { problems, refused, writing: { as: 'table', table } } as const;
  const parsed = parseRecords('table', recordsOfTable(text, table, columns), targets, source, input);
  return { ...parsed, reading: { ...parsed.reading!, dialect } };
}
