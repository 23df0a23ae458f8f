import { isJsonObject, type Json } from '#wire/json.ts';
import { count, found } from '#wire/words.ts';
import type { Path } from './problem.ts';

/** A label that stands once is worth a word where there are at least so many rows, and others stand so often. */
const fewRows = 20;
const often = 10;

interface Use {
  rows: number;
  entry: number;
  path: Path;
}

/** Counts labels, and notices those that a single row has: in a batch of many that is often a slip of the hand. */
export class LabelWatch {
  private readonly uses = new Map<string, Map<string, Use>>();
  /** What requests that share a result use. */
  private readonly usesOf = new WeakMap<Json[], Use[]>();
  private rows = 0;

  /** `rows` is the number of tasks that the entry says this about. */
  see(entry: number, result: Json | undefined, rows: number): void {
    this.rows += rows;
    if (!Array.isArray(result)) return;
    const known = this.usesOf.get(result) ?? this.usesIn(entry, result);
    this.usesOf.set(result, known);
    for (const use of known) use.rows += rows;
  }

  private usesIn(entry: number, result: Json[]): Use[] {
    return result.flatMap((region, index) => {
      if (!isJsonObject(region) || typeof region['from_name'] !== 'string') return [];
      const { from_name: control, type, value } = region;
      const labels = isJsonObject(value) && typeof type === 'string' ? value[type] : undefined;
      if (!Array.isArray(labels)) return [];
      const ofControl = this.uses.get(control) ?? new Map<string, Use>();
      this.uses.set(control, ofControl);
      return labels.flatMap((label, nth) => {
        if (typeof label !== 'string') return [];
        let use = ofControl.get(label);
        if (use === undefined) {
          use = { rows: 0, entry, path: ['result', index, 'value', type as string, nth] };
          ofControl.set(label, use);
        }
        return [use];
      });
    });
  }

  /** Says of each label that stands once that it does. */
  finish(say: (entry: number, message: string, path: Path) => void): void {
    if (this.rows < fewRows) return;
    for (const [control, labels] of this.uses) {
      const most = Math.max(...[...labels.values()].map(({ rows }) => rows));
      if (most < often) continue;
      for (const [label, { rows, entry, path }] of labels) {
        if (rows !== 1) continue;
        const others = `others of “${control}” up to ${count(most, 'time')}`;
        say(entry, `${found(label)} stands once in this batch, ${others}. Is it meant?`, path);
      }
    }
  }
}
