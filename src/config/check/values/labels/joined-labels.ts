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
  if (text.length > maxUnits || !mayJoinLabels(text)) return undefined;
  const inner = /^\s*(?:\[(.*)\]|\((.*)\)|\{(.*)\})\s*$/s
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  const listed = inner === undefined ? undefined : quotedItems(inner);
  const splits = listed ? [listed] : separators.map((separator) => split(inner ?? text, separator, accepted));
  const isList = inner !== undefined;
  const good = splits.filter((labels) => labels !== undefined && (labels.length > 1 || isList)) as string[][];
  const known = (labels: string[]) => labels.filter((label) => accepted.results.has(label)).length;
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
function split(
  text: string,
  separator: string,
  { results, names, aliases }: AllowedValues,
): string[] | undefined {
  const parts = text.split(separator);
  if (parts.length > maxParts) return undefined;
  const labels: string[] = [];
  const labelOf = (written: string): string | undefined => {
    if (results.has(written)) return written;
    const meant = written === '' ? undefined : closestValue(written, { results, names, aliases });
    return meant !== undefined && meant.toLowerCase() === written.toLowerCase()
      ? meant
      : aliases.get(written);
  };
  for (let from = 0; from < parts.length;) {
    let to = parts.length;
    let label: string | undefined;
    for (; to > from; to -= 1) {
      label = labelOf(parts.slice(from, to).join(separator).trim());
      if (label !== undefined) break;
    }
    const written = parts[from]!.trim();
    if (label !== undefined) labels.push(label);
    else if (written !== '') labels.push(written);
    from = Math.max(to, from + 1);
  }
  return labels;
}
