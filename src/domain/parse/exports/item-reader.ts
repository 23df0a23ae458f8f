import { isJsonObject, writeJson, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';
import { locate } from '#domain/text/locate.ts';
import type { ExportParts } from '#domain/parse/import-settings.ts';
import type { JsonPart } from '#domain/parse/layout.ts';
import { ownTask } from './annotation-matcher.ts';
import { authorOf, type ExportMapping } from './export-mapping.ts';
import { ExportCounts, isWanted } from './export-counts.ts';
import { partNames, type ItemKind } from './export-kind.ts';
import type { ExportItems } from './export-reader.ts';

/** The place of a request in an export. */
interface RequestPlace {
  part: JsonPart;
  /** The path of its annotation in that part. */
  path: Path;
  /** The path of its task’s ID. */
  taskPath: Path;
}

/** The items of a parsed export, with their paths. */
export function itemsIn(value: Json, items: ExportItems): { item: Json; path: Path }[] {
  if (items.as === 'one' || items.as === 'lines') return [{ item: value, path: [] }];
  const list = items.as === 'member' && isJsonObject(value) ? value[items.name] : value;
  const path = items.as === 'member' ? [items.name] : [];
  return Array.isArray(list) ? list.map((item, index) => ({ item, path: [...path, index] })) : [];
}

/** Creates a request from each annotation of parsed items. */
export class ItemReader {
  readonly entries: Json[] = [];
  readonly places: RequestPlace[] = [];
  /** By entry: its item. */
  readonly items: Json[] = [];
  readonly counts = new ExportCounts();
  private readonly kind: ItemKind;
  private readonly mapping: ExportMapping;
  private readonly wanted: ExportParts;

  constructor(kind: ItemKind, mapping: ExportMapping, wanted: ExportParts) {
    this.kind = kind;
    this.mapping = mapping;
    this.wanted = wanted;
  }

  addBroken(part: JsonPart): void {
    this.entries.push(null);
    this.items.push(null);
    this.places.push({ part, path: [], taskPath: [] });
  }

  readItem(item: Json, part: JsonPart, path: Path): void {
    if (!isJsonObject(item)) return;
    this.readObject(item, part, path);
    while (this.items.length < this.entries.length) this.items.push(item);
  }

  private readObject(item: JsonObject, part: JsonPart, path: Path): void {
    if (this.kind === 'task') {
      this.readTask(item, part, path);
      return;
    }
    const name = this.kind === 'prediction' ? 'predictions' : 'annotations';
    this.notePlace(partNames.indexOf(name), part, path);
    this.add(name, item, ownTask(item), { part, path, taskPath: [...path, ...pathOfOwnTask(item)] });
  }

  /** The entry of a path in the source, from `first` on. */
  entryAt(first: number, path: Path): number | undefined {
    const entry = this.places.findIndex(
      (place, index) => index >= first && place.path.every((step, depth) => step === path[depth]),
    );
    return entry < 0 ? undefined : entry;
  }

  private notePlace(index: number, part: JsonPart, path: Path): void {
    if (this.counts.firstAt(index) !== undefined) return;
    const at = locate(part.text.toString(), [{ path }])[0]!.from;
    this.counts.place(index, part.from + part.text.offsetOf(at));
  }

  private readTask(task: JsonObject, part: JsonPart, path: Path): void {
    this.counts.tasks += 1;
    if (task['id'] === undefined) this.counts.withoutId += 1;
    const taskPath = [...path, 'id'];
    // In the order of the task’s members.
    for (const name of Object.keys(task)) {
      const index = partNames.findIndex((one) => one === name);
      const list = task[name];
      if (index < 0 || !Array.isArray(list)) continue;
      this.notePlace(index, part, [...path, name]);
      list.forEach((annotation, nth) => {
        const place = { part, path: [...path, name, nth], taskPath };
        this.add(partNames[index]!, annotation, task['id'] ?? null, place);
      });
    }
  }

  private add(name: (typeof partNames)[number], annotation: Json, task: Json, place: RequestPlace): void {
    const { entries, places, counts, wanted, mapping } = this;
    const isOther = name === 'predictions' || name === 'drafts';
    if (!isJsonObject(annotation)) {
      // Exports without predictions have only their IDs.
      if (isOther) return;
      counts.add(name, '', undefined);
      entries.push(annotation);
      places.push(place);
      return;
    }
    const version = annotation['model_version'];
    const score = annotation['score'] === undefined ? undefined : Number(writeJson(annotation['score']));
    const versionJson = version === undefined ? '' : writeJson(version);
    counts.add(name, versionJson, score);
    if (isOther && !isWanted(wanted, name, versionJson, score)) return;
    if (!isOther) counts.addAuthor(authorOf(annotation['completed_by'] ?? null));
    entries.push(mapping.requestOf(annotation, task, name));
    places.push(place);
  }
}

export const pathOfOwnTask = (annotation: Json): Path =>
  isJsonObject(annotation) && isJsonObject(annotation['task'] ?? null) ? ['task', 'id'] : ['task'];
