import { isJsonObject, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { firstUnits } from '#wire/text/words.ts';

/** How often a label is used in the batch and by existing annotations of its tasks. */
export interface LabelShare {
  label: string;
  batch: number;
  existing: number;
}

export interface ControlShares {
  control: string;
  type: string;
  labels: LabelShare[];
  moreLabels: number;
}

/** The labels of a batch compared with those of existing annotations. */
export interface LabelShares {
  /** Number of annotations in the batch, and of existing ones; undefined if they weren’t read. */
  batch: number;
  existing: number | undefined;
  controls: ControlShares[];
  moreControls: number;
}

interface ControlTally {
  type: string;
  labels: Map<string, number>;
}

/** Counts the annotations that use each label. Labels beyond `limits.listed` of a control aren’t counted. */
export class LabelTally {
  annotations = 0;
  readonly controls = new Map<string, ControlTally>();

  /** Counts the labels of a result, as one of `times` annotations. */
  add(result: Json | undefined, times = 1): void {
    this.annotations += times;
    for (const { control, type, labels } of labelsIn(result)) {
      let tally = this.controls.get(control);
      if (!tally) {
        if (this.controls.size >= limits.formInputs) continue;
        this.controls.set(control, (tally = { type, labels: new Map() }));
      }
      for (const label of labels) {
        const before = tally.labels.get(label);
        if (before === undefined && tally.labels.size >= limits.listed) continue;
        tally.labels.set(label, (before ?? 0) + times);
      }
    }
  }
}

/** The distinct labels of a result by control. Other answers, such as texts, are not included. */
export function labelsIn(
  result: Json | undefined,
): { control: string; type: string; labels: ReadonlySet<string> }[] {
  const found = new Map<string, { control: string; type: string; labels: Set<string> }>();
  for (const region of Array.isArray(result) ? result : []) {
    if (!isJsonObject(region) || !isJsonObject(region['value'])) continue;
    const { from_name: name, type } = region;
    if (typeof name !== 'string' || typeof type !== 'string') continue;
    const labels = labelsOf(type, region['value'][type === 'pairwise' ? 'selected' : type]);
    if (labels.length === 0) continue;
    const control = firstUnits(name, limits.shownUnits);
    let known = found.get(control);
    if (!known) found.set(control, (known = { control, type, labels: new Set() }));
    for (const label of labels) known.labels.add(firstUnits(label, limits.shownUnits));
  }
  return [...found.values()];
}

function labelsOf(type: string, value: Json | undefined): string[] {
  if (type === 'rating') return typeof value === 'number' ? [value === 1 ? '1 star' : `${value} stars`] : [];
  if (type === 'pairwise') return typeof value === 'string' ? [value] : [];
  if (!Array.isArray(value) || type === 'textarea') return [];
  return value.flatMap((label) => {
    if (typeof label === 'string') return [label];
    return Array.isArray(label) ? [label.filter((step) => typeof step === 'string').join(' › ')] : [];
  });
}

/** Compares the labels of a batch with existing ones: the most used controls and labels of the batch come first. */
export function sharesOf(batch: LabelTally, existing: LabelTally | undefined): LabelShares {
  const controls = [...batch.controls].slice(0, limits.sharedControls);
  return {
    batch: batch.annotations,
    existing: existing?.annotations,
    controls: controls.map(([control, { type, labels }]) => {
      const there = existing?.controls.get(control)?.labels;
      const all = [...new Set([...labels.keys(), ...(there?.keys() ?? [])])]
        .map((label) => ({ label, batch: labels.get(label) ?? 0, existing: there?.get(label) ?? 0 }))
        .toSorted((one, other) =>
          type === 'rating'
            ? Number.parseFloat(other.label) - Number.parseFloat(one.label)
            : other.batch - one.batch || other.existing - one.existing,
        );
      return {
        control,
        type,
        labels: all.slice(0, limits.sharedLabels),
        moreLabels: Math.max(0, all.length - limits.sharedLabels),
      };
    }),
    moreControls: batch.controls.size - controls.length,
  };
}
