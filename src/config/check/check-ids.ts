import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import { describeValue, closestName, describeValueAtStart } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { findControl } from '#config/find-control.ts';
import type { LabelConfig } from '#config/label-config.ts';
import type { Item } from './item.ts';
import { positionKeys, findTag } from '#config/control-tags.ts';

/**
 * Checks that need several items. Items with the same ID are one region: a shape, its labels, its per-region answers.
 * They must agree on its position, and each control may appear once.
 */
export function checkIds(items: readonly Item[], config: LabelConfig, report: Report): void {
  const byId = new Map<string, Item[]>();
  for (const item of items) {
    const { id } = item.region;
    if (typeof id !== 'string') continue;
    const same = byId.get(id);
    if (same === undefined) byId.set(id, [item]);
    else same.push(item);
  }
  for (const same of byId.values()) if (same.length > 1) checkOneRegion(same, report);
  for (const item of items) {
    checkPerRegion(item, byId, config, report);
    checkParent(item, byId, report);
  }
  checkAnsweredOnce(items, config, report);
}

function checkOneRegion([first, ...rest]: Item[], report: Report): void {
  const names = new Set([first!.region['from_name']]);
  for (const { index, region } of rest) {
    const name = region['from_name'];
    const place = differentPlace(first!.region, region);
    if (names.has(name) || region['to_name'] !== first!.region['to_name'] || place !== undefined) {
      const why = names.has(name)
        ? `${describeValue(name ?? null)} appears twice`
        : place === undefined
          ? 'they apply to different objects'
          : `their ${describeValue(place)} differs`;
      const message = `This has the same ID as item ${first!.index + 1}, so they count as one region, but ${why}. Use a different ID.`;
      report('warning', 'region-id-again', message, [index, 'id']);
    }
    names.add(name);
  }
}

/** A position key with different values in both; nested positions are not compared. */
function differentPlace(one: JsonObject, other: JsonObject): string | undefined {
  const [first, second] = [one['value'], other['value']];
  if (!isJsonObject(first) || !isJsonObject(second)) return undefined;
  return Object.keys(first).find((key) => {
    const [here, there] = [first[key], second[key]];
    return (
      positionKeys.has(key) &&
      key !== 'text' &&
      typeof here === 'number' &&
      typeof there === 'number' &&
      here !== there
    );
  });
}

/** The editor does not show a per-region answer without its region. */
function checkPerRegion(
  { index, region }: Item,
  byId: ReadonlyMap<string, Item[]>,
  config: LabelConfig,
  report: Report,
): void {
  const { from_name: name, id } = region;
  const control = typeof name === 'string' ? findControl(config, name) : undefined;
  if (!control?.perRegion) return;
  const partners = typeof id === 'string' ? (byId.get(id) ?? []) : [];
  const isDrawn = partners.some(({ region: other }) => {
    const drawing =
      typeof other['from_name'] === 'string' ? findControl(config, other['from_name']) : undefined;
    return drawing !== undefined && (findTag(drawing.tag)?.makes ?? 'region') === 'region';
  });
  if (isDrawn) return;
  const message = `“${control.name}” is answered for each region. Give this answer the ID of its region.`;
  report('warning', 'per-region-without-region', message, [index]);
}

function checkParent({ index, region }: Item, byId: ReadonlyMap<string, Item[]>, report: Report): void {
  const parent = region['parentID'] ?? null;
  if (parent === null || parent === '' || (typeof parent === 'string' && byId.has(parent))) return;
  const near = typeof parent === 'string' ? closestName(parent, [...byId.keys()]) : undefined;
  const fix =
    near === undefined ? undefined : { path: [index, 'parentID'], value: near, words: `Use “${near}”` };
  report(
    'warning',
    'parent-unknown',
    `${describeValueAtStart(parent)} isn’t the ID of a region in this result.`,
    [index, 'parentID'],
    fix,
  );
}

/** The editor shows only the first of two answers: `result` of its `tags/control/ClassificationBase.js`. */
function checkAnsweredOnce(items: readonly Item[], config: LabelConfig, report: Report): void {
  if (items.length < 2) return;
  const seen = new Map<string, number>();
  for (const { index, region } of items) {
    const { from_name: name, to_name: target } = region;
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    if (control === undefined || control.perRegion || control.perItem) continue;
    if (findTag(control.tag)?.makes !== 'answer') continue;
    const key = JSON.stringify([name ?? null, typeof target === 'string' ? target : null]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      continue;
    }
    const isSecondPick = control.tag === 'Choices' && control.choice === 'single';
    const message = `“${control.name}” is already answered in item ${first + 1}, and the editor only shows that answer.`;
    report(isSecondPick ? 'error' : 'warning', 'answered-twice', message, [index]);
  }
}
