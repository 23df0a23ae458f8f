import { checkResult } from '#config/check/check-result.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { chosenValues, visibilityOf } from '#config/visibility.ts';
import { findTag } from '#config/control-tags.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { controlsOf, regionExample, regionsFor } from './example-regions.ts';

export interface SampleResults {
  /** Valid results that together use every known answer of every control. */
  results: JsonObject[][];
  /** Controls without a valid example, or always hidden. */
  skipped: Control[];
}

/**
 * Creates results until every answer is used. Hidden controls aren’t answered; required ones always are. Controls
 * outside documented bulk labelling are included only if required or requested.
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
  /** Regions that no result uses yet. */
  private readonly unused: Map<string, readonly JsonObject[]>;
  private readonly results: JsonObject[][] = [];

  constructor(config: LabelConfig, asked: readonly Control[]) {
    this.config = config;
    this.asked = asked;
    this.known = new Map(asked.map((control) => [control.name, this.regionsOf(control)]));
    this.unused = new Map(this.known);
  }

  make(): SampleResults {
    for (const control of this.asked) {
      for (
        let [region] = this.unused.get(control.name)!;
        region !== undefined;
        [region] = this.unused.get(control.name)!
      ) {
        const result = this.resultWith(control, region);
        for (const one of result ?? [region]) this.spend(one);
        if (result !== undefined) this.results.push(result);
      }
    }
    const answered = new Set(this.results.flat().map(({ from_name: name }) => name));
    return { results: this.results, skipped: this.asked.filter(({ name }) => !answered.has(name)) };
  }

  private regionsOf(control: Control): readonly JsonObject[] {
    if (findTag(control.tag)?.makes !== 'region') return regionsFor(control);
    return regionExample(control, this.config, `region-${control.name}`)?.slice(0, 1) ?? [];
  }

  private spend(region: JsonObject): void {
    const name = region['from_name'] as string;
    this.unused.set(name, this.unused.get(name)?.filter((other) => other !== region) ?? []);
  }

  /** A valid result with this answer and all other controls filled in, or if that fails, only the required ones. */
  private resultWith(control: Control, region: JsonObject): JsonObject[] | undefined {
    const needed = this.revealed(control, [region], []);
    if (needed === undefined) return undefined;
    const required = this.filled(needed, ({ required: isRequired }) => isRequired);
    const full = this.filled(required, () => true);
    return [full, required].map((result) => this.inOrder(result)).find((result) => this.passes(result));
  }

  /** Adds the answers that make this control visible, and those that these depend on. */
  private revealed(
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
      const candidates = this.asked
        .filter(({ name }) => !found.some((region) => region['from_name'] === name))
        .flatMap((other) =>
          [...this.known.get(other.name)!, ...regionsFor(other, Infinity)]
            .filter((region) => this.isShown(alone, [...found, region]) === 'yes')
            .slice(0, 1)
            .flatMap((region) => {
              const visible = this.revealed(other, [...found, region], [...above, control]);
              return visible === undefined ? [] : [visible];
            }),
        );
      if (candidates[0] === undefined) return undefined;
      found = candidates[0];
    }
    return found;
  }

  /** Adds an answer for each visible control, unless it would hide one that is already answered. */
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

  /** Unused answers first, then the others in rotation. */
  private nextOf({ name }: Control): readonly JsonObject[] {
    const known = this.known.get(name)!;
    const turn = known.length === 0 ? 0 : this.results.length % known.length;
    return [...this.unused.get(name)!, ...known.slice(turn), ...known.slice(0, turn)];
  }

  private allShown(regions: readonly JsonObject[]): boolean {
    return this.asked.every(
      (control) =>
        control.conditions.length === 0 ||
        !regions.some(({ from_name: name }) => name === control.name) ||
        this.isShown(control, regions) === 'yes',
    );
  }

  private isShown(control: Control, regions: readonly JsonObject[]): ReturnType<typeof visibilityOf> {
    if (control.conditions.length === 0) return 'yes';
    return visibilityOf(control, chosenValues(regions, this.config), this.config);
  }

  private inOrder(regions: readonly JsonObject[]): JsonObject[] {
    return this.asked.flatMap((control) => regions.filter(({ from_name: name }) => name === control.name));
  }

  private passes(regions: JsonObject[]): boolean {
    return checkResult(this.config, regions).every(({ severity }) => severity === 'info');
  }
}
