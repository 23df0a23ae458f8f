import { noMarks, type MarkBefore } from './line-marks.ts';
import type { SourceText } from './source-text.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import { keyText, skipContainer, skipSpace, skipString, skipValue, type Span } from '#wire/json/json-scan.ts';
import type { Path } from '#wire/problem.ts';

/** What to locate: the value at a path, or its key. */
export interface PathQuery {
  path: Path;
  of?: 'key';
}

/**
 * Finds the spans of paths in valid JSON, in the requested order, in one pass that skips everything else and stops
 * after the last requested list item. A missing path gives the span of its deepest existing parent. The last of
 * duplicate keys counts, as in JSON.parse.
 */
export function locate(text: string, queries: readonly PathQuery[]): Span[] {
  const spans: Span[] = Array.from({ length: queries.length });
  const root = new Node(true);
  queries.forEach(({ path, of }, query) => {
    let node = root;
    for (const step of path) node = node.child(step);
    if (of === 'key') node.keys.push(query);
    else node.values.push(query);
  });
  const from = skipSpace(text, 0);
  walk(text, from, root, { from, to: from }, spans);
  return spans;
}

/** The requests at one path and below it. */
class Node {
  readonly values: number[] = [];
  readonly keys: number[] = [];
  readonly children = new Map<string | number, Node>();
  /** The largest list index among the children. */
  last = -1;
  readonly isRoot: boolean;

  constructor(isRoot = false) {
    this.isRoot = isRoot;
  }

  child(step: string | number): Node {
    let node = this.children.get(step);
    if (node === undefined) {
      node = new Node();
      this.children.set(step, node);
      if (typeof step === 'number') this.last = Math.max(this.last, step);
    }
    return node;
  }
}

keepCodeOf(new Node());

/** Answers the requests at and below `node`, whose value starts at `from`. Returns the offset after the value. */
function walk(text: string, from: number, node: Node, key: Span, spans: Span[]): number {
  const whole: Span = { from, to: from };
  // The default for missing paths below.
  answer(node, whole, key, spans);
  const first = text[from];
  if (node.children.size > 0 && first === '{') whole.to = walkObject(text, from, node, spans);
  else if (node.children.size > 0 && first === '[') whole.to = walkList(text, from, node, spans);
  else whole.to = skipValue(text, from);
  return whole.to;
}

function walkObject(text: string, from: number, node: Node, spans: Span[]): number {
  let at = skipSpace(text, from + 1);
  while (text[at] === '"') {
    const key = { from: at, to: skipString(text, at) };
    const valueFrom = skipSpace(text, skipSpace(text, key.to) + 1);
    const child = node.children.get(keyText(text, key));
    const valueTo =
      child === undefined ? skipValue(text, valueFrom) : walk(text, valueFrom, child, key, spans);
    at = skipSpace(text, valueTo);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function walkList(text: string, from: number, node: Node, spans: Span[]): number {
  let at = skipSpace(text, from + 1);
  for (let index = 0; at < text.length && text[at] !== ']'; index += 1) {
    // Nothing more is requested here; inside a parent, its end is still needed.
    if (index > node.last) return node.isRoot ? at : skipContainer(text, at);
    const child = node.children.get(index);
    const to = child === undefined ? skipValue(text, at) : walk(text, at, child, { from: at, to: at }, spans);
    at = skipSpace(text, to);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function answer(node: Node, value: Span, key: Span, spans: Span[]): void {
  for (const query of node.values) spans[query] = value;
  for (const query of node.keys) spans[query] = key;
  for (const child of node.children.values()) answer(child, value, value, spans);
}

/** From 1; columns count UTF-16 code units, as editors do. */
export interface LineColumn {
  line: number;
  column: number;
}

/**
 * Lines and columns of byte offsets, in one pass that jumps between known marks. A line ends with \n, \r\n or a lone
 * \r, as in the editor.
 */
export function lineColumns(
  text: SourceText,
  offsets: readonly number[],
  markBefore: MarkBefore = noMarks,
): LineColumn[] {
  const order = offsets.map((_, index) => index).toSorted((one, other) => offsets[one]! - offsets[other]!);
  const places: LineColumn[] = Array.from({ length: offsets.length });
  let line = 1;
  let lineAt = 0;
  let last = 0;
  for (const index of order) {
    const offset = offsets[index]!;
    // A line may have a thousand problems and many megabytes, so it is searched only from the last one or a mark.
    const near = markBefore(offset);
    const from = near.line === line ? Math.max(last, near.at) : last;
    const start = Math.max(lineAt, text.lastLineEnd(from, offset) + 1);
    if (start > lineAt) {
      const mark = markBefore(start);
      if (mark.at > lineAt) ({ at: lineAt, line } = mark);
      line += text.lineEndsBetween(lineAt, start);
      lineAt = start;
    }
    last = offset;
    // At the start of the text both are known; a line may be all of it.
    places[index] = { line, column: text.unitsAt(offset) - text.unitsAt(lineAt) + 1 };
  }
  return places;
}
