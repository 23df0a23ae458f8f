import { parse as csvParse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { lineColumns } from '#domain/text/locate.ts';
import { delimiters, type Delimiter } from './dialect.ts';
import { SourceText } from '#domain/text/source-text.ts';
import type { ColumnRole } from '#domain/parse/columns/kept-column.ts';
import { readTable } from './read-table.ts';
import { cellAt, cellOf, rowAt, rowsPerMark } from './table.ts';

/*
 * Compares the reader with two others on tables and on random text. Intended differences:
 *
 * - PapaParse supports a single kind of line end per text, so it gets only such texts. csv-parse supports several.
 * - A quote inside an unquoted cell is text for PapaParse and for us, with a warning; csv-parse refuses it.
 * - For an unclosed quote, or text after a closing quote, csv-parse refuses the text and PapaParse guesses; we refuse the
 *   row and keep its text. So cells are compared only if no parser reports an error.
 * - A line with only `""` is a row for us and csv-parse; PapaParse treats it as empty and skips it.
 */

const options = { seed: 20261124, numRuns: 300 };
const badQuotes = ['quote-not-closed', 'text-behind-quote'] as const;

interface Reading {
  cells: string[][];
  hasBadQuotes: boolean;
  hasQuoteInside: boolean;
}

function ours(written: string, delimiter: Delimiter): Reading {
  const text = SourceText.of(written);
  const table = readTable(text, { delimiter, hasHeader: false });
  const cells = Array.from({ length: table.rows.count }, (_, row) => {
    const ofRow: string[] = [];
    for (let cell = cellAt(text, table, row, 0); cell !== undefined;)
      cell = cellAt(text, table, row, ofRow.push(cell.text));
    return ofRow;
  });
  return {
    cells,
    hasBadQuotes: badQuotes.some((code) => table.problemCounts.has(code)),
    hasQuoteInside: table.problemCounts.has('quote-inside-cell'),
  };
}

/** Undefined if csv-parse refuses the text. */
function csvParsed(text: string, delimiter: Delimiter): string[][] | undefined {
  try {
    return csvParse(text, {
      delimiter,
      bom: true,
      recordDelimiter: ['\r\n', '\n', '\r'],
      relaxColumnCount: true,
      skipEmptyLines: true,
    });
  } catch {
    return undefined;
  }
}

/** Undefined if PapaParse reports an error. */
function papaParsed(
  text: string,
  delimiter: Delimiter,
  newline: '\r' | '\n' | '\r\n',
): string[][] | undefined {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: true });
  return errors.length > 0 ? undefined : data;
}

/**
 * Properties of any table: columns contain the cells’ text, and rows that differ only in their task have the same kind.
 */
function expectColumnsAsCells(written: string, delimiter: Delimiter, cells: readonly string[][]): void {
  const text = SourceText.of(written);
  const width = cells[0]?.length ?? 0;
  for (const taskColumn of [undefined, 0, width - 1]) {
    const roles = Array.from({ length: width }, (_, column): ColumnRole => ({
      as: column === taskColumn ? 'task' : 'values',
    }));
    const table = readTable(text, { delimiter, hasHeader: false }, roles);
    const { count, tasks, kinds: found, kindOf } = table.rows;
    expect(count).toBe(cells.length);
    const kinds = new Map<string, number>();
    cells.forEach((row, index) => {
      const words = Array.from({ length: width }, (_, column) => row[column] ?? '');
      expect(words.map((_, column) => cellOf(text, table, index, column))).toEqual(words);
      const task = taskColumn === undefined ? undefined : words[taskColumn]?.trim();
      if (task !== undefined) expect(tasks[index]).toBe(/^[1-9]\d*$/.test(task) ? Number(task) : 0);
      const others = JSON.stringify(words.filter((_, column) => column !== taskColumn));
      const known = kinds.get(others);
      if (known === undefined) kinds.set(others, kindOf[index]!);
      else expect(kindOf[index]).toBe(known);
    });
    expect(new Set(kinds.values()).size).toBe(kinds.size);
    expect(found.size).toBe(kinds.size);
  }
}

const delimiter = fc.constantFrom(...delimiters);
const lineEnd = fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const);
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '😀'), maxLength: 5 }),
  fc.constantFrom('Positive', 'not sure', ''),
  fc.nat({ max: 999_999 }).map(String),
);

/** A cell as a program writes it: quoted if necessary, or always. */
function written(words: string, of: Delimiter, always: boolean): string {
  const isQuoted = always || /["\r\n]/.test(words) || words.includes(of);
  return isQuoted ? `"${words.replaceAll('"', '""')}"` : words;
}

describe('a table written by a program', () => {
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      }),
    )
    // Repeated rows come from the cache.
    .chain((rows) => fc.array(fc.constantFrom(...rows), { maxLength: 30 }));

  it('is read like by PapaParse and csv-parse, with any delimiter', () => {
    fc.assert(
      fc.property(table, delimiter, lineEnd, fc.boolean(), (rows, of, end, hasEnd) => {
        const lines = rows.map((row) =>
          row.map(([words, always]) => written(words, of, always || row.length === 1)).join(of),
        );
        const text = lines.join(end) + (hasEnd && rows.length > 0 ? end : '');
        const wanted = rows.map((row) => row.map(([words]) => words));
        const { cells, hasBadQuotes, hasQuoteInside } = ours(text, of);
        expect(cells).toEqual(wanted);
        expect([hasBadQuotes, hasQuoteInside]).toEqual([false, false]);
        expect(csvParsed(text, of)).toEqual(wanted);
        const isEmpty = (row: string[]) => row.length === 1 && row[0] === '';
        expect(papaParsed(text, of, end)).toEqual(wanted.filter((row) => !isEmpty(row)));
        expectColumnsAsCells(text, of, wanted);
      }),
      options,
    );
  });

  it('can have different line ends', () => {
    fc.assert(
      fc.property(table, delimiter, fc.array(lineEnd, { minLength: 1 }), (rows, of, ends) => {
        const text = rows
          .map((row, index) => {
            const line = row
              .map(([words, always]) => written(words, of, always || row.length === 1))
              .join(of);
            return line + ends[index % ends.length]!;
          })
          .join('');
        const wanted = rows.map((row) => row.map(([words]) => words));
        expect(ours(text, of).cells).toEqual(wanted);
        expectColumnsAsCells(text, of, wanted);
      }),
      options,
    );
  });
});

describe('random text', () => {
  /** A few repeated pieces, to use the cache of rows. */
  const textOf = (...characters: string[]) =>
    fc
      .array(fc.string({ unit: fc.constantFrom(...characters), maxLength: 7 }), {
        minLength: 1,
        maxLength: 4,
      })
      .chain((pieces) => fc.array(fc.constantFrom(...pieces), { maxLength: 12 }))
      .map((pieces) => pieces.join(''));

  it('is read like by csv-parse if that accepts it, and has problems if not', () => {
    fc.assert(
      fc.property(textOf('a', '"', ',', '\r', '\n', '1'), (text) => {
        const { cells, hasBadQuotes, hasQuoteInside } = ours(text, ',');
        const theirs = csvParsed(text, ',');
        expect(theirs === undefined).toBe(hasBadQuotes || hasQuoteInside);
        if (theirs !== undefined) expect(cells).toEqual(theirs);
        expectColumnsAsCells(text, ',', cells);
      }),
      { ...options, numRuns: 1000 },
    );
  });

  it('has the same rows in any order, with the table’s line numbers', () => {
    const line = textOf('a', '"', ',', '\r', '\n', '1');
    const lines = fc.array(line, { minLength: 1, maxLength: 4 }).chain((few) =>
      fc.array(fc.constantFrom(...few, '1,"a\nb"', '2,"\r\n\r"', '3,a'), {
        minLength: rowsPerMark,
        maxLength: 4 * rowsPerMark,
      }),
    );
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (parts, end, hasHeader) => {
        const text = SourceText.of(parts.join(end));
        const table = readTable(text, { delimiter: ',', hasHeader }, [{ as: 'task' }, { as: 'values' }]);
        const { count } = table.rows;
        expect(table.marks).toHaveLength(Math.ceil(count / rowsPerMark));
        const starts = Array.from({ length: count }, (_, row) => rowAt(text, table, row));
        expect([...table.marks]).toEqual(starts.filter((_, row) => row % rowsPerMark === 0));
        for (let row = count - 1; row >= 0; row -= 5) expect(rowAt(text, table, row)).toBe(starts[row]);
        const places = lineColumns(text, [...table.marks]);
        expect([...table.markLines]).toEqual(places.map((place) => place.line));
      }),
      options,
    );
  });

  it.each(['\n', '\r', '\r\n'] as const)('is read like by PapaParse if that accepts it (%j)', (end) => {
    fc.assert(
      fc.property(textOf('a', '"', '|', end), (text) => {
        const { cells, hasBadQuotes } = ours(text, '|');
        const theirs = papaParsed(text, '|', end);
        if (hasBadQuotes || theirs === undefined) return;
        const isEmpty = (row: string[]) => row.length === 1 && row[0] === '';
        expect(cells.filter((row) => !isEmpty(row))).toEqual(theirs);
      }),
      { ...options, numRuns: 1000 },
    );
  });
});
