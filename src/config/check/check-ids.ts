import { isJsonObject, type JsonObject } from '#wire/json/json.ts';
import { describeValue, closestName, describeValueAtStart } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { findControl } from '#config/find-control.ts';
import { isTrue, type Control, type LabelConfig } from '#config/label-config.ts';
import type { Item } from './item.ts';
import { positionKeys, findTag } from '#config/control-tags.ts';
import { numberOf } from '#config/check/values/fields.ts';

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
  for (const same of byId.values()) {
    if (same.length < 2) continue;
    checkOneRegion(same, report);
    checkRegionComesFirst(same, config, report);
  }
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

/** Keys that show a region even if `value` has no other. */
const regionKeys = ['points', 'sequence', 'ranges', 'imageDataURL'];

/**
 * The first item of a region decides what the editor makes of it: a `value` with a single key is an answer about the
 * whole task, and later items don’t change that. The dispatcher of its `regions/Area.js`.
 */
function checkRegionComesFirst([first, ...rest]: Item[], config: LabelConfig, report: Report): void {
  if (isPlaced(first!.region)) return;
  const drawn = rest.find(({ region }) => {
    const name = region['from_name'];
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    return isPlaced(region) && control !== undefined && findTag(control.tag)?.makes === 'region';
  });
  if (drawn === undefined) return;
  const message = `The editor won’t draw this region, because its first item has no position. Move it after item ${drawn.index + 1}.`;
  report('error', 'region-not-first', message, [first!.index]);
}

function isPlaced({ value }: JsonObject): boolean {
  if (!isJsonObject(value)) return true;
  return Object.keys(value).length > 1 || regionKeys.some((key) => value[key] !== undefined);
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
  const path = [index, 'parentID'];
  if (typeof parent !== 'string') {
    // `mixins/AreaMixin.js` of the editor.
    const message = `“parentID” must be text in quotes, not ${describeValue(parent)}. The editor fails on it.`;
    const number = numberOf(parent);
    const fix = number === undefined ? undefined : { path, value: String(number), words: `Use “${number}”` };
    report('error', 'parent-not-text', message, path, fix);
    return;
  }
  const near = closestName(parent, [...byId.keys()]);
  const fix = near === undefined ? undefined : { path, value: near, words: `Use “${near}”` };
  report(
    'warning',
    'parent-unknown',
    `${describeValueAtStart(parent)} isn’t the ID of a region in this result.`,
    path,
    fix,
  );
}

/** The editor only keeps the last answer of a control: `cleanClassificationAreas` of its `stores/Annotation/Annotation.js`. */
function checkAnsweredOnce(items: readonly Item[], config: LabelConfig, report: Report): void {
  if (items.length < 2) return;
  const seen = new Map<string, Item>();
  for (const item of items) {
    const { from_name: name, to_name: target, item_index: itemIndex } = item.region;
    const control = typeof name === 'string' ? findControl(config, name) : undefined;
    if (control === undefined || control.perRegion || labelsRegions(control)) continue;
    if (findTag(control.tag)?.makes !== 'answer') continue;
    const key = JSON.stringify([name!, control.perItem ? (itemIndex ?? null) : null]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, item);
      continue;
    }
    const isSecondPick =
      control.tag === 'Choices' && control.choice === 'single' && target === first.region['to_name'];
    const message = `“${control.name}” is already answered in item ${first.index + 1}. The editor only keeps the last answer.`;
    report(isSecondPick ? 'error' : 'warning', 'answered-twice', message, [item.index]);
  }
}

/** A Taxonomy with `labeling` is used like labels, for any number of regions. */
function labelsRegions({ tag, attributes }: Control): boolean {
  return tag === 'Taxonomy' && isTrue(attributes, 'labeling');
}
