import type { Path } from '#wire/problem.ts';
import * as fc from 'fast-check';
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { marksIn } from './line-marks.ts';
import { lineColumns, locate } from './locate.ts';
import { SourceText } from './source-text.ts';

function partAt(text: string, path: Path, of?: 'key'): string {
  const [span] = locate(text, [{ path, ...(of && { of }) }]);
  return text.slice(span!.from, span!.to);
}

describe('locate', () => {
  const text = ' [ {"a": [1, {"b" : "x,]\\"}"}], "c\\u0064": -1.5e3 } , true, [[], {}] ] ';

  it.each<[Path, string]>([
    [[], text.trim()],
    [[0, 'a'], '[1, {"b" : "x,]\\"}"}]'],
    [[0, 'a', 0], '1'],
    [[0, 'a', 1, 'b'], '"x,]\\"}"'],
    [[0, 'cd'], '-1.5e3'],
    [[1], 'true'],
    [[2], '[[], {}]'],
    [[2, 0], '[]'],
    [[2, 1], '{}'],
  ])('%j', (path, part) => {
    expect(partAt(text, path)).toBe(part);
  });

  it('finds a key', () => {
    expect(partAt(text, [0, 'a', 1, 'b'], 'key')).toBe('"b"');
    expect(partAt(text, [0, 'cd'], 'key')).toBe('"c\\u0064"');
  });

  it.each<[Path, string]>([
    [[0, 'nothing'], '{"b": 1}'],
    [[0, 'b', 'deeper', 2], '1'],
    [[1, 'nothing'], '[2]'],
    [[7], '[{"b": 1}, [2]]'],
    [['x'], '['],
  ])('a missing path gives its deepest existing parent: %j', (path, part) => {
    expect(partAt('[{"b": 1}, [2]]', path).startsWith(part)).toBe(true);
  });

  it('finds the last of two members with the same name', () => {
    expect(partAt('{"a": 1, "a": 2}', ['a'])).toBe('2');
  });

  it('answers many requests at once, in their order', () => {
    const asks = [[2, 1], [0, 'a', 0], [], [2, 1], [1]].map((path) => ({ path }));
    const parts = locate(text, asks).map(({ from, to }) => text.slice(from, to));
    expect(parts).toEqual(['{}', '1', text.trim(), '{}', 'true']);
  });

  it('stops after the last requested item', () => {
    const cut = '[{"a": 1}, {"a": 2}, {"a": ';
    expect(partAt(cut, [1, 'a'])).toBe('2');
  });

  it('finds the same as jsonc-parser, in any text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
        const laidOut = JSON.stringify(JSON.parse(json), null, indent);
        const tree = parseTree(laidOut)!;
        const paths = pathsOf(tree, []);
        const spans = locate(
          laidOut,
          paths.flatMap((path) => [{ path }, { path, of: 'key' as const }]),
        );
        paths.forEach((path, index) => {
          const node = findNodeAtLocation(tree, path)!;
          const key = node.parent?.type === 'property' ? node.parent.children![0]! : node;
          expect(spans[2 * index]).toEqual({ from: node.offset, to: node.offset + node.length });
          expect(spans[2 * index + 1]!.from).toBe(key.offset);
        });
      }),
      { seed: 20260801, numRuns: 300 },
    );
  });
});

function pathsOf(node: Node, path: Path): Path[] {
  const children = node.children ?? [];
  const below =
    node.type === 'object'
      ? children.flatMap((child) =>
          pathsOf(child.children![1]!, [...path, String(child.children![0]!.value)]),
        )
      : children.flatMap((child, index) => pathsOf(child, [...path, index]));
  return [path, ...below];
}

describe('lineColumns', () => {
  const marksAt = (offsets: number[], lines: number[]) => marksIn(lines, (mark) => offsets[mark]!);

  it.each([
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\r\rb', 3, 3, 1],
    ['a\n\r\nb', 4, 3, 1],
    ['\n\n', 2, 3, 1],
    ['😀x', 2, 1, 3],
  ])('%j at %i: line %i, column %i', (text, offset, line, column) => {
    const source = SourceText.of(text);
    expect(lineColumns(source, [source.offsetOf(offset)])).toEqual([{ line, column }]);
  });

  it('counts from the last known mark, if that is after the last counted offset', () => {
    const text = SourceText.of('a\nb\r\nc\rd\ne');
    const asked = Array.from({ length: text.bytes.length }, (_, offset) => offset);
    // The mark at 5 has a wrong line, which shows whether it was used.
    const places = lineColumns(text, asked, marksAt([2, 5], [2, 30]));
    expect(places.map(({ line }) => line)).toEqual([1, 1, 2, 2, 2, 30, 30, 31, 31, 32]);
    expect(lineColumns(text, asked, marksAt([1, 6, 8], [1, 3, 4]))).toEqual(lineColumns(text, asked));
  });

  it('accepts offsets in any order', () => {
    const places = lineColumns(SourceText.of('a\nbc\nd'), [5, 0, 3, 0]);
    expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual(['3:1', '1:1', '2:2', '1:1']);
  });
});
