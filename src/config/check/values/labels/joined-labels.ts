import { closestValue, type AllowedValues } from './allowed-values.ts';

/** Separators by which people and programs join labels, including line breaks and tabs. */
const separators = [',', ';', '\n', '/', '\t', '|', '&', '+', ' and '];
/** Maximum number of parts; a longer text isn’t a list of labels. */
const maxParts = 50;
const maxUnits = 2000;

/** A quick check whether a text may join several labels. */
const mayJoinLabels = (text: string): boolean => /[,;\n/\t|&+[({]| and /.test(text);

/**
 * Splits joined labels: `A, B`, `A;B`, `[A, B]`, `['A', 'B']`. Recognises labels that contain a separator; parts that
 * aren’t labels stay unchanged. Undefined if less than half of the parts are labels.
 */
export function joinedLabels(text: string, accepted: AllowedValues): string[] | undefined {
  if (!mayJoinLabels(text)) return undefined;
  const { results, aliases } = accepted;
  const labelOf = (written: string): string | undefined => {
    if (results.has(written)) return written;
    const meant = written === '' ? undefined : closestValue(written, accepted);
    return meant !== undefined && meant.toLowerCase() === written.toLowerCase()
      ? meant
      : aliases.get(written);
  };
  return joinedParts(text, separators, labelOf)?.map(({ written, label }) => label ?? written);
}

/** A part of a joined text, and its label if it is one. */
export interface JoinedPart<L> {
  written: string;
  label: L | undefined;
}

/** The same for any labels. */
export function joinedParts<L>(
  text: string,
  by: readonly string[],
  labelOf: (written: string) => L | undefined,
): JoinedPart<L>[] | undefined {
  if (text.length > maxUnits) return undefined;
  const inner = /^\s*(?:\[(.*)\]|\((.*)\)|\{(.*)\})\s*$/s
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  const listed = inner === undefined ? undefined : quotedItems(inner);
  const splits = listed
    ? [listed.map((written) => ({ written, label: labelOf(written) }))]
    : by.map((separator) => split(inner ?? text, separator, labelOf));
  const isList = inner !== undefined;
  const good = splits.filter(
    (parts) => parts !== undefined && (parts.length > 1 || isList),
  ) as JoinedPart<L>[][];
  const known = (parts: JoinedPart<L>[]) => parts.filter(({ label }) => label !== undefined).length;
  const [best] = good.toSorted((one, other) => known(other) / other.length - known(one) / one.length);
  return best !== undefined && best.length > 0 && known(best) * 2 >= best.length && known(best) > 0
    ? best
    : undefined;
}

/** The items of a list in Python or JavaScript; undefined unless all are in quotes. */
function quotedItems(inner: string): string[] | undefined {
  const items = [...inner.matchAll(/\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/gs)];
  if (items.length === 0 || items.reduce((length, [whole]) => length + whole.length, 0) !== inner.length)
    return undefined;
  return items.map(([, single, double]) => (single ?? double!).replaceAll(/\\(.)/gs, '$1'));
}

/** Splits a text, and joins neighbours again if that gives a label. */
function split<L>(
  text: string,
  separator: string,
  labelOf: (written: string) => L | undefined,
): JoinedPart<L>[] | undefined {
  const parts = text.split(separator);
  if (parts.length > maxParts) return undefined;
  const joined: JoinedPart<L>[] = [];
  for (let from = 0; from < parts.length;) {
    let to = parts.length;
    let label: L | undefined;
    for (; to > from; to -= 1) {
      label = labelOf(parts.slice(from, to).join(separator).trim());
      if (label !== undefined) break;
    }
    const written = parts[from]!.trim();
    if (label !== undefined || written !== '') joined.push({ written, label });
    from = Math.max(to, from + 1);
  }
  return joined;
}
