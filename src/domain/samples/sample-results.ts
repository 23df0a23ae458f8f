import { checkResult } from '#config/check/check-result.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { chosenValues, visibilityOf } from '#config/visibility.ts';
import { findTag } from '#config/control-tags.ts';
import type { JsonObject } from '#wire/json.ts';
import { controlsOf, drawnRegion, regionsFor } from './example-regions.ts';

export interface SampleResults {
  /** Valid results that together hold every answer known for every control. Each answers all that it is asked. */
  results: JsonObject[][];
  /** Controls that are in none of them, because nothing valid is known that would show them. */
  leftOut: Control[];
}

/**
 * Makes results until each answer of each control stood in one: a control that is hidden with some answers is answered
 * only where it is shown, and what must be answered always is. Controls that bulk labelling is not documented for take
 * part where they must be answered, or where they are asked for.
 */
export function sampleResults(
  config: LabelConfig,
  controls: 'documented' | 'with-undocumented' = 'documented',
): SampleResults {
  const all = controlsOf(config);
  const asked = all.filter((control) => {
    const { perRegion, perItem, required } = control;
    if (perRegion || perItem) return false;
    const isAnswer = findTag(control.tag)?.makes === 'answer';
    return (
      bulkUnsupportedReason(control) === undefined ||
      required ||
      (controls === 'with-undocumented' && isAnswer)
    );
  });
  return new Sampler(config, asked).make();
}

class Sampler {
  private readonly config: LabelConfig;
  private readonly asked: readonly Control[];
  private readonly known: ReadonlyMap<string, readonly JsonObject[]>;
  /** What stood in no result yet. */
  private readonly left: Map<string, readonly JsonObject[]>;
  private readonly results: JsonObject[][] = [];

  constructor(config: LabelConfig, asked: readonly Control[]) {
    this.config = config;
    this.asked = asked;
    this.known = new Map(asked.map((control) => [control.name, this.regionsOf(control)]));
    this.left = new Map(this.known);
  }

  make(): SampleResults {
    for (const control of this.asked) {
      for (
        let [region] = this.left.get(control.name)!;
        region !== undefined;
        [region] = this.left.get(control.name)!
      ) {
        const result = this.resultWith(control, region);
        for (const one of result ?? [region]) this.spend(one);
        if (result !== undefined) this.results.push(result);
      }
    }
    const answered = new Set(this.results.flat().map(({ from_name: name }) => name));
    return { results: this.results, leftOut: this.asked.filter(({ name }) => !answered.has(name)) };
  }

  private regionsOf(control: Control): readonly JsonObject[] {
    if (findTag(control.tag)?.makes !== 'region') return regionsFor(control);
    return drawnRegion(control, this.config, `region-${control.name}`)?.slice(0, 1) ?? [];
  }

  private spend(region: JsonObject): void {
    const name = region['from_name'] as string;
    this.left.set(name, this.left.get(name)?.filter((other) => other !== region) ?? []);
  }

  /** A whole result with this answer: as full as it can be or, if that does not pass, with no more than is needed. */
  private resultWith(control: Control, region: JsonObject): JsonObject[] | undefined {
    const needed = this.withWayTo(control, [region], []);
    if (needed === undefined) return undefined;
    const required = this.filled(needed, ({ required: isRequired }) => isRequired);
    const full = this.filled(required, () => true);
    return [full, required].map((result) => this.inOrder(result)).find((result) => this.passes(result));
  }

  /** With the answers that show this control, of those that decide it and of those that decide about them. */
  private withWayTo(
    control: Control,
    regions: JsonObject[],
    above: readonly Control[],
  ): JsonObject[] | undefined {
    if (above.includes(control)) return undefined;
    let found: JsonObject[] = regions;
    for (const condition of control.conditions) {
      const alone = { ...control, conditions: [condition] };
      const shown = this.isShown(alone, found);
      if (shown === 'yes') continue;
      if (shown === 'depends') return undefined;
      const ways = this.asked
        .filter(({ name }) => !found.some((region) => region['from_name'] === name))
        .flatMap((other) =>
          [...this.known.get(other.name)!, ...regionsFor(other, Infinity)]
            .filter((region) => this.isShown(alone, [...found, region]) === 'yes')
            .slice(0, 1)
            .flatMap((region) => {
              const way = this.withWayTo(other, [...found, region], [...above, control]);
              return way === undefined ? [] : [way];
            }),
        );
      if (ways[0] === undefined) return undefined;
      found = ways[0];
    }
    return found;
  }

  /** With an answer for each of these controls that is shown, as far as nothing is hidden by it that was answered. */
  private filled(regions: readonly JsonObject[], isWanted: (control: Control) => boolean): JsonObject[] {
    let result = [...regions];
    for (let before = -1; before !== result.length;) {
      before = result.length;
      for (const control of this.asked.filter(isWanted)) {
        if (result.some(({ from_name: name }) => name === control.name)) continue;
        const added = this.nextOf(control)
          .map((region) => [...result, region])
          .find((next) => this.isShown(control, next) === 'yes' && this.allShown(next));
        result = added ?? result;
      }
    }
    return result;
  }

  /** What was not in a result yet, then the others, another one first each time. */
  private nextOf({ name }: Control): readonly JsonObject[] {
    const known = this.known.get(name)!;
    const turn = known.length === 0 ? 0 : this.results.length % known.length;
    return [...this.left.get(name)!, ...known.slice(turn), ...known.slice(0, turn)];
  }

  private allShown(regions: readonly JsonObject[]): boolean {
    return this.asked.every(
      (control) =>
        !regions.some(({ from_name: name }) => name === control.name) ||
        this.isShown(control, regions) === 'yes',
    );
  }

  private isShown(control: Control, regions: readonly JsonObject[]): ReturnType<typeof visibilityOf> {
    return visibilityOf(control, chosenValues(regions, this.config), this.config);
  }

  private inOrder(regions: readonly JsonObject[]): JsonObject[] {
    return this.asked.flatMap((control) => regions.filter(({ from_name: name }) => name === control.name));
  }

  private passes(regions: JsonObject[]): boolean {
    return checkResult(this.config, regions).every(({ severity }) => severity === 'info');
  }
}
