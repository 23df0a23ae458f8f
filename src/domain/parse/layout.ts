import type { Span } from '#wire/json/json-scan.ts';
import { writeJson, type Json } from '#wire/json/json.ts';
import type { Path, Place } from '#wire/problem.ts';
import { noMarks, type MarkBefore } from '#domain/text/line-marks.ts';
import { locate } from '#domain/text/locate.ts';
import type { Edit, SourceText } from '#domain/text/source-text.ts';
import { listAt, memberEdit, replacement } from '#domain/text/json-edit.ts';

/** A path of an entry, to be located in the source. */
export type EntryPath = Pick<Place, 'entry' | 'path' | 'of'>;

/** A new value at a path of an entry. */
export interface ValueEdit {
  entry: number;
  path: Path;
  value: Json;
}

/** Locates parts of entries in the source and creates edits of them. */
export interface Layout {
  /** The span of each path, in the given order. */
  spans(paths: readonly EntryPath[]): Span[];
  edits(changes: readonly ValueEdit[]): Edit[];
  /** True if edits are impossible, because the source contains the entries in another form. */
  isReadOnly?: boolean;
  /** Finds the last known line mark at or before an offset. */
  markBefore: MarkBefore;
}

/** One JSON text inside the source, and its offset. */
export interface JsonPart {
  from: number;
  text: SourceText;
}

/** Positions known from parsing. */
export interface KnownPlaces {
  /** Finds the last known line mark at or before an offset. */
  markBefore?: MarkBefore;
  /** The span of a path, if known. */
  spanOf?: (path: EntryPath) => Span | undefined;
}

/**
 * The layout of JSON sources. `partOf` returns the JSON text with an entry; `pathOf` converts a path of the entry to a
 * path in that text.
 */
export function jsonLayout(
  partOf: (entry: number | undefined) => JsonPart,
  pathOf: (entry: number | undefined, path: Path) => Path,
  { markBefore = noMarks, spanOf }: KnownPlaces = {},
): Layout {
  const spans = (paths: readonly EntryPath[]): Span[] => {
    const found = paths.map((one) => spanOf?.(one)) as Span[];
    for (const [part, indexes] of byPart(paths, found, partOf)) {
      const asks = indexes.map((index) => {
        const { entry, path, ...of } = paths[index]!;
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
    edits(changes) {
      const around = spans(changes.map(({ entry, path }) => ({ entry, path: path.slice(0, -1) })));
      return changes.map(({ entry, path, value }, index) => {
        const part = partOf(entry);
        const from = part.text.unitsAt(around[index]!.from - part.from);
        const edit = editAt(part.text.toString(), from, path.at(-1)!, value);
        return { ...edit, ...inSource(part, edit) };
      });
    },
  };
}

/** Converts a span in units of a part to offsets in the source. */
function inSource({ from, text }: JsonPart, span: Span): Span {
  return { from: from + text.offsetOf(span.from), to: from + text.offsetOf(span.to) };
}

function editAt(text: string, from: number, step: string | number, value: Json): Edit {
  const json = writeJson(value);
  return typeof step === 'string'
    ? memberEdit(text, from, step, json)
    : replacement(listAt(text, from), step, json);
}

/** Indexes of paths without a known span, grouped by JSON text. */
function byPart(
  paths: readonly EntryPath[],
  found: readonly (Span | undefined)[],
  partOf: (entry: number | undefined) => JsonPart,
): [JsonPart, number[]][] {
  // An entry may have a thousand problems, and finding its end may be slow.
  const partOfEntry = new Map<number | undefined, JsonPart>();
  const parts = new Map<number, [JsonPart, number[]]>();
  paths.forEach(({ entry }, index) => {
    if (found[index] !== undefined) return;
    const part = partOfEntry.get(entry) ?? partOf(entry);
    partOfEntry.set(entry, part);
    const known = parts.get(part.from);
    if (known === undefined) parts.set(part.from, [part, [index]]);
    else known[1].push(index);
  });
  return [...parts.values()];
}
