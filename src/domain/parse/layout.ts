import type { Span } from '#wire/json-scan.ts';
import { writeJson, type Json } from '#wire/json.ts';
import type { Path, Place } from '#wire/problem.ts';
import { noMarks, type MarkBefore } from '#domain/text/line-marks.ts';
import { locate } from '#domain/text/locate.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import { listAt, memberEdit, replacement } from '#domain/text/json-edit.ts';

/** A place to find in the source. */
export type Sought = Pick<Place, 'entry' | 'path' | 'of'>;

/** A value that is to stand somewhere in an entry. */
export interface Put {
  entry: number;
  path: Path;
  value: Json;
}

/** Where the parts of the entries stand in the source, as offsets, and how they are changed there. */
export interface Layout {
  /** The places, in the order asked for. */
  spans(sought: readonly Sought[]): Span[];
  edits(puts: readonly Put[]): Edit[];
  /** Places whose line is known from the reading. */
  markBefore: MarkBefore;
}

/** One JSON text inside the source, and the offset at which it begins. */
export interface JsonPart {
  from: number;
  text: SourceText;
}

/** What is known from the reading, and need not be found out. */
export interface KnownPlaces {
  /** Places whose line is known. */
  markBefore?: MarkBefore;
  /** Where something stands, if that is known. */
  spanOf?: (sought: Sought) => Span | undefined;
}

/**
 * The layout of sources that hold JSON: `partOf` gives the JSON text in which an entry stands, `pathOf` the path inside it
 * to a part of that entry.
 */
export function jsonLayout(
  partOf: (entry: number | undefined) => JsonPart,
  pathOf: (entry: number | undefined, path: Path) => Path,
  { markBefore = noMarks, spanOf }: KnownPlaces = {},
): Layout {
  const spans = (sought: readonly Sought[]): Span[] => {
    const found = sought.map((one) => spanOf?.(one)) as Span[];
    for (const [part, indexes] of byPart(sought, found, partOf)) {
      const asks = indexes.map((index) => {
        const { entry, path, ...of } = sought[index]!;
        return { ...of, path: pathOf(entry, path) };
      });
      locate(part.text.toString(), asks).forEach((span, index) => {
        found[indexes[index]!] = inSource(part, span);
      });
    }
    return found;
  };
  return {
    spans,
    markBefore,
    edits(puts) {
      const around = spans(puts.map(({ entry, path }) => ({ entry, path: path.slice(0, -1) })));
      return puts.map(({ entry, path, value }, index) => {
        const part = partOf(entry);
        const from = part.text.unitsAt(around[index]!.from - part.from);
        const edit = editAt(part.text.toString(), from, path.at(-1)!, value);
        return { ...edit, ...inSource(part, edit) };
      });
    },
  };
}

/** The offsets in the source of what stands between two units of a part. */
function inSource({ from, text }: JsonPart, span: Span): Span {
  return { from: from + text.offsetOf(span.from), to: from + text.offsetOf(span.to) };
}

function editAt(text: string, from: number, step: string | number, value: Json): Edit {
  const json = writeJson(value);
  return typeof step === 'string'
    ? memberEdit(text, from, step, json)
    : replacement(listAt(text, from), step, json);
}

/** Those that are not found yet, by the part that each is in. */
function byPart(
  sought: readonly Sought[],
  found: readonly (Span | undefined)[],
  partOf: (entry: number | undefined) => JsonPart,
): [JsonPart, number[]][] {
  const parts = new Map<number, [JsonPart, number[]]>();
  sought.forEach(({ entry }, index) => {
    if (found[index] !== undefined) return;
    const part = partOf(entry);
    const known = parts.get(part.from);
    if (known === undefined) parts.set(part.from, [part, [index]]);
    else known[1].push(index);
  });
  return [...parts.values()];
}
