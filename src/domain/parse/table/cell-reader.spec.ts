import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOfText } from '#domain/templates/contents/text-hash.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { cellEnd, cellText, isLineEnd } from './cell-bytes.ts';
import { CellReader } from './cell-reader.ts';

/** Quoted and unquoted cells of any length, so that each kind of byte occurs at each position of a word. */
const text = fc
  .array(
    fc.constantFrom('a', 'bc', 'long text ', 'é', '🙂', ' ', '\t', '\0', '\n', '\r\n', ',', ';', '"', '""'),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é'), maxLength: 20 }),
  text.map((inside) => `"${inside.replaceAll('"', '""')}"`),
  text,
);
const row = fc.array(cell, { minLength: 1, maxLength: 5 });

it('finds the end of each cell by reading and by skipping, and the hash of its text', () => {
  fc.assert(
    fc.property(row, fc.constantFrom(',', ';', '\t'), fc.boolean(), (cells, delimiter, isEnded) => {
      const source = SourceText.of(cells.join(delimiter) + (isEnded ? '\n' : ''));
      const { bytes } = source;
      const code = delimiter.charCodeAt(0);
      const reading = new CellReader(bytes, code);
      const skipping = new CellReader(bytes, code);
      for (let from = 0; from < bytes.length; from += 1) {
        const to = cellEnd(bytes, from, code);
        expect([reading.read(from), skipping.skip(from)]).toEqual([to, to]);
        expect(reading.cell).toMatchObject({ from, to, hash: hashOfText(cellText(source, from, to)) });
        expect(skipping.fault).toEqual(reading.fault);
        expect(skipping.linesInside).toBe(reading.linesInside);
        from = to;
        while (isLineEnd(bytes[from + 1])) from += 1;
      }
    }),
    { seed: 20261129, numRuns: 3000 },
  );
});
