import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import { hasDrawing, measuresOf, scaled } from '#config/check/values/image-units.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { ProblemList } from '#domain/problems/problem-list.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';

/** Templates looked at for a drawn region: where none of so many has one, few entries have. */
const maxTemplates = 1000;

/** Fewer regions may all be tiny. */
const fewest = 2;

interface Drawn {
  region: JsonObject;
  index: number;
  isFraction: boolean;
}

/**
 * Warns of boxes and other drawn regions whose numbers are all from 0 to 1, as YOLO and others write them, with a fix to percent.
 * One region beyond that anywhere in the batch proves percent, so a batch in percent is hardly looked at.
 */
export function reportFractions(entries: Entries, findings: ProblemList, configOf?: ConfigOf): void {
  if (configOf === undefined) return;
  const canDraw = new Map<LabelConfig, boolean>();
  const drawnIn = (entry: number): Drawn[] => {
    const request = entries.at(entry);
    if (!isJsonObject(request)) return [];
    const { config } = configOf(request);
    if (config === undefined) return [];
    if (!canDraw.has(config)) canDraw.set(config, hasDrawing(config));
    return canDraw.get(config) === true ? drawnRegions(request['result'], config) : [];
  };
  let regions = 0;
  const isAllFractions = (entry: number): boolean => {
    const drawn = drawnIn(entry);
    regions += drawn.length;
    return drawn.every(({ isFraction }) => isFraction);
  };
  for (let template = 0; template < Math.min(entries.firsts.length, maxTemplates); template += 1)
    if (!isAllFractions(entries.firsts[template]!)) return;
  if (regions === 0) return;
  regions = 0;
  for (let entry = 0; entry < entries.length; entry += 1) if (!isAllFractions(entry)) return;
  if (regions < fewest) return;
  for (let entry = 0; entry < entries.length; entry += 1)
    for (const { region, index } of drawnIn(entry)) {
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

function drawnRegions(result: Json | undefined, config: LabelConfig): Drawn[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((region, index): Drawn[] => {
    const measures = isJsonObject(region) ? measuresOf(region, config) : undefined;
    if (measures === undefined) return [];
    const isFraction = [...measures.x, ...measures.y].every((number) => number <= 1);
    return [{ region: region as JsonObject, index, isFraction }];
  });
}
