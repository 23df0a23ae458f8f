import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import { hasDrawing, measuresOf, scaled } from '#config/check/values/image-units.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';

/** Templates searched for a drawn region: if none of them has one, few entries have. */
const maxTemplates = 1000;

/** A single region may really be tiny. */
const minRegions = 2;

interface Drawn {
  region: JsonObject;
  index: number;
  isFraction: boolean;
}

/**
 * Warns of drawn regions whose numbers are all from 0 to 1, as YOLO and others write them, with a fix to percent. One
 * larger region anywhere in the batch proves percent, so a batch in percent is checked quickly.
 */
export class Fractions {
  private readonly canDraw = new Map<LabelConfig, boolean>();
  private readonly configOf: ConfigOf | undefined;
  private templates = 0;
  private regions = 0;
  /** True if all regions so far have only such numbers. */
  private isPossible = true;

  constructor(configOf: ConfigOf | undefined) {
    this.configOf = configOf;
  }

  /** Checks the first request of a template. */
  see(request: Json): void {
    this.templates += 1;
    if (this.isPossible && this.templates <= maxTemplates) this.look(request);
  }

  report(entries: Entries, findings: ProblemList): void {
    if (!this.isPossible || this.regions === 0) return;
    this.regions = 0;
    for (let entry = 0; entry < entries.length && this.isPossible; entry += 1) this.look(entries.at(entry));
    if (!this.isPossible || this.regions < minRegions) return;
    for (let entry = 0; entry < entries.length; entry += 1)
      for (const { region, index } of this.drawnIn(entries.at(entry))) {
        const path = ['result', index, 'value'];
        findings.add({
          code: 'numbers-are-fractions',
          severity: 'warning',
          message:
            'All regions of this batch have numbers from 0 to 1, so these seem to be fractions of the image. Label Studio reads percent. Multiply them by 100.',
          entry,
          path,
          fix: {
            path,
            value: scaled(region['value'] as JsonObject, 100, 100),
            words: 'Convert to percent',
            alike: 'Convert fractions to percent',
          },
        });
      }
  }

  private look(request: Json): void {
    const drawn = this.drawnIn(request);
    this.regions += drawn.length;
    this.isPossible = drawn.every(({ isFraction }) => isFraction);
  }

  private drawnIn(request: Json): Drawn[] {
    if (!isJsonObject(request)) return [];
    const config = this.configOf?.(request).config;
    if (config === undefined) return [];
    if (!this.canDraw.has(config)) this.canDraw.set(config, hasDrawing(config));
    return this.canDraw.get(config) === true ? drawnRegions(request['result'], config) : [];
  }
}

function drawnRegions(result: Json | undefined, config: LabelConfig): Drawn[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((region, index): Drawn[] => {
    const measures = isJsonObject(region) ? measuresOf(region, config) : undefined;
    if (measures === undefined) return [];
    const isFraction = [...measures.x, ...measures.y].every((number) => number <= 1);
    return [{ region: region as JsonObject, index, isFraction }];
  });
}
