import { closestValue, type AllowedValues } from './allowed-values.ts';

/** What people and programs join labels with; a line break and a tab, too. */
const marks = [',', ';', '\n', '/', '\t', '|', '&', '+', ' and '];
/** Parts of one text that are compared; a longer one is no list of labels. */
const maxParts = 50;
const maxUnits = 2000;

/** Whether a text may join several labels, by its first look. */
const mayJoinLabels = (text: string): boolean => /[,;\n/\t|&+[({]| and /.test(text);

/**
 * The labels that a text joins: `A, B`, `A;B`, `[A, B]`, `['A', 'B']`. Labels that hold such a mark themselves are found by the labels;
 * parts that aren’t labels stay as they are. Undefined if not even half of the parts are labels.
 */
export function joinedLabels(text: string, accepted: AllowedValues): string[] | undefined {
  if (text.length > maxUnits || !mayJoinLabels(text)) return undefined;
  const inner = /^\s*(?:\[(.*)\]|\((.*)\)|\{(.*)\})\s*$/s
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  const listed = inner === undefined ? undefined : quotedItems(inner);
  const ways = listed ? [listed] : marks.map((mark) => split(inner ?? text, mark, accepted));
  const isList = inner !== undefined;
  const good = ways.filter((labels) => labels !== undefined && (labels.length > 1 || isList)) as string[][];
  const known = (labels: string[]) => labels.filter((label) => accepted.results.has(label)).length;
  const [best] = good.toSorted((one, other) => known(other) / other.length - known(one) / one.length);
  return best !== undefined && best.length > 0 && known(best) * 2 >= best.length && known(best) > 0
    ? best
    : undefined;
}

/** The items of a list in Python or JavaScript; undefined if they aren’t all in quotes. */
function quotedItems(inner: string): string[] | undefined {
  const items = [...inner.matchAll(/\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/gs)];
  if (items.length === 0 || items.reduce((length, [whole]) => length + whole.length, 0) !== inner.length)
    return undefined;
  return items.map(([, single, double]) => (single ?? double!).replaceAll(/\\(.)/gs, '$1'));
}

/** The parts of a text, of which neighbours are joined again where that gives a label. */
function split(text: string, mark: string, { results, names, aliases }: AllowedValues): string[] | undefined {
  const parts = text.split(mark);
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
      label = labelOf(parts.slice(from, to).join(mark).trim());
      if (label !== undefined) break;
    }
    const written = parts[from]!.trim();
    if (label !== undefined) labels.push(label);
    else if (written !== '') labels.push(written);
    from = Math.max(to, from + 1);
  }
  return labels;
}
