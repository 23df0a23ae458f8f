import { lineColumns } from './locate.ts';
import { SourceText } from './source-text.ts';
import { offerRepair, repairKinds, type RepairChange } from './repair.ts';

/** A repair as shown in the dialog: counts by kind, and the first changes. */
export interface Repair {
  kinds: { one: string; many: string; count: number }[];
  /** At most 50. */
  changes: ShownChange[];
}

/** One change with the text around it; long parts are cut with an ellipsis. */
export interface ShownChange {
  line: number;
  column: number;
  /** Words for people. */
  words: string;
  /** The text before it on its line. */
  lead: string;
  before: string;
  after: string;
  /** The text after it on its line. */
  tail: string;
}

const shownChanges = 50;
/** Characters of context. */
const around = 30;
const longest = 160;

/** The repair of a text, and the repaired text; undefined if it can’t be repaired. */
export function viewRepair(text: string): { repair: Repair; text: string } | undefined {
  const offer = offerRepair(text, shownChanges);
  if (!offer) return undefined;
  const source = SourceText.of(text);
  const places = lineColumns(
    source,
    offer.changes.map(({ from }) => source.offsetOf(from)),
  );
  return {
    text: offer.text,
    repair: {
      kinds: [...offer.counts].map(([kind, count]) => ({ ...repairKinds[kind], count })),
      changes: offer.changes.map((change, index) => ({ ...places[index]!, ...show(text, change) })),
    },
  };
}

function show(text: string, { from, to, put, words }: RepairChange): Omit<ShownChange, 'line' | 'column'> {
  const lead = /[^\r\n]*$/.exec(text.slice(Math.max(0, from - around - 1), from))?.[0] ?? '';
  const tail = /^[^\r\n]*/.exec(text.slice(to, to + around + 1))?.[0] ?? '';
  return {
    words,
    lead: lead.length > around ? `…${lead.slice(1)}` : lead,
    before: cut(text.slice(from, to)),
    after: cut(put),
    tail: tail.length > around ? `${tail.slice(0, -1)}…` : tail,
  };
}

const cut = (part: string) => (part.length > longest ? `${part.slice(0, longest - 1)}…` : part);
