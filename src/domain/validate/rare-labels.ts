import { isJsonObject, type Json } from '#wire/json/json.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue } from '#wire/text/words.ts';
import type { Path } from '#wire/problem.ts';
import type { Entries, LabelUse } from '#domain/requests/entries.ts';

/** A label used once is reported in a batch of at least this many rows, if another label is used at least this often. */
const minRows = 20;
const minUses = 10;

/** A label in a request, and its place. */
export interface PlacedLabel {
  label: Label;
  path: Path;
}

interface Label {
  rows: number;
  /** The first entry with it. */
  entry: number;
  path: () => Path;
}

/** Counts labels, and reports those used by a single row: in a large batch that is often a typo. */
export class RareLabels {
  private readonly controls = new Map<string, Map<string, Label>>();
  private rows = 0;

  /** The labels used by all requests of a template. */
  usesIn(result: Json | undefined): PlacedLabel[] {
    if (!Array.isArray(result)) return [];
    return result.flatMap((region, index) => {
      if (!isJsonObject(region) || typeof region['from_name'] !== 'string') return [];
      const { from_name: control, type, value } = region;
      const labels = isJsonObject(value) && typeof type === 'string' ? value[type] : undefined;
      if (!Array.isArray(labels)) return [];
      return labels.flatMap((label, nth) => {
        if (typeof label !== 'string') return [];
        const path = ['result', index, 'value', type as string, nth];
        return [{ label: this.labelOf(control, label), path }];
      });
    });
  }

  /** `rows` is the number of the entry’s tasks. */
  count(uses: readonly PlacedLabel[], entry: number, rows: number): void {
    this.rows += rows;
    for (const { label, path } of uses) {
      if (label.rows === 0) {
        label.entry = entry;
        label.path = () => path;
      }
      label.rows += rows;
    }
  }

  /** Counts a label as used by several entries. */
  countUse({ control, label: name, uses, entry }: LabelUse, entries: Pick<Entries, 'at'>): void {
    const label = this.labelOf(control, name);
    if (label.rows === 0 || entry < label.entry) {
      label.entry = entry;
      label.path = () => placeOf(entries.at(entry), control, name);
    }
    label.rows += uses;
  }

  /** Reports each label that is used once. */
  finish(warn: (entry: number, message: string, path: Path) => void): void {
    if (this.rows < minRows) return;
    for (const [control, labels] of this.controls) {
      let most = 0;
      for (const { rows } of labels.values()) most = Math.max(most, rows);
      if (most < minUses) continue;
      for (const [label, { rows, entry, path }] of labels) {
        if (rows !== 1) continue;
        const others = `others of “${control}” up to ${count(most, 'time')}`;
        warn(
          entry,
          `${describeValue(label)} is used only once in this batch, ${others}. Is it meant?`,
          path(),
        );
      }
    }
  }

  private labelOf(control: string, name: string): Label {
    const labels = this.controls.get(control) ?? new Map<string, Label>();
    this.controls.set(control, labels);
    const label = labels.get(name) ?? { rows: 0, entry: 0, path: () => [] };
    labels.set(name, label);
    return label;
  }
}

/** The place of a control’s label in a request. */
function placeOf(request: Json, control: string, label: string): Path {
  const result = isJsonObject(request) ? request['result'] : undefined;
  for (const [index, region] of (Array.isArray(result) ? result : []).entries()) {
    if (!isJsonObject(region) || region['from_name'] !== control) continue;
    const { type, value } = region;
    const labels = isJsonObject(value) && typeof type === 'string' ? value[type] : undefined;
    const nth = Array.isArray(labels) ? labels.indexOf(label) : -1;
    if (nth >= 0) return ['result', index, 'value', type as string, nth];
  }
  return [];
}
