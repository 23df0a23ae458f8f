import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { EntryMatcher } from '#domain/templates/entry-matcher.ts';
import { RequestTemplates, type Varying } from '#domain/templates/request-templates.ts';
import type { Bytes, SourceText } from '#domain/text/source-text.ts';
import type { CellSource, CellSpan } from '#domain/parse/columns/cell-source.ts';
import { TextDictionary } from '#domain/parse/columns/text-dictionary.ts';
import { JsonCells, readCell } from '#domain/parse/objects/json-cells.ts';
import { authorOf, takenOf, type ExportMapping } from './export-mapping.ts';
import { partNames, type PartName } from './export-kind.ts';

/**
 * Matches the annotations of an export like the requests they become. Anything that a request ignores may differ; the
 * task comes from the object around an annotation, unless the annotation is alone.
 */
export class AnnotationMatcher implements EntryMatcher {
  readonly templates: RequestTemplates;
  /** The author of the last annotation. */
  author = '';
  private readonly mapping: ExportMapping;
  private readonly areAlone: boolean;
  private part: PartName = 'annotations';
  /** The task around annotations: its ID (-1 in an unusual notation), and its JSON. */
  private taskId = -1;
  private aroundTask: Json = null;
  /** The distinct values that name an author, and the author of each. */
  private readonly cells: CellSource;
  private readonly authorTexts: TextDictionary;
  private readonly authors: string[] = [];
  private readonly cell: CellSpan = { from: 0, to: 0, quotes: 0, hash: 0 };

  constructor(text: SourceText, mapping: ExportMapping, areAlone: boolean, configOf: ConfigOf | undefined) {
    this.templates = new RequestTemplates(configOf);
    this.mapping = mapping;
    this.areAlone = areAlone;
    this.cells = new JsonCells(text);
    this.authorTexts = new TextDictionary(this.cells);
  }

  setTask(id: number, task: Json): void {
    this.taskId = id;
    this.aroundTask = task;
  }

  /** Selects the list that contains the next annotations. */
  usePart(part: number): void {
    this.part = partNames[part]!;
    this.templates.useVariety(part);
  }

  match(bytes: Bytes, at: number): number {
    if (!this.areAlone && this.taskId < 0) return -1;
    const { templates } = this;
    const template = templates.match(bytes, at);
    if (template >= 0) this.author = templates.mark < 0 ? '' : this.authorAt(templates.mark);
    return template;
  }

  read(value: Json): number | undefined {
    const isOwnWork = isJsonObject(value) && takenOf(this.part).includes('completed_by');
    this.author = isOwnWork ? authorOf(value['completed_by'] ?? null) : '';
    return this.templates.read(this.requestOf(value));
  }

  learn(text: SourceText, value: Json, next: number): number {
    const varying = isJsonObject(value) ? this.varyingIn(value) : [];
    return this.templates.learn(text, this.requestOf(value), next, varying);
  }

  get task(): number {
    return this.areAlone ? this.templates.task : this.taskId;
  }

  get end(): number {
    return this.templates.end;
  }

  get lineEnds(): number {
    return this.templates.lineEnds;
  }

  get isMatched(): boolean {
    return this.templates.isMatched;
  }

  get regionsHash(): number {
    return this.templates.regionsHash;
  }

  contentHash(template: number): number | undefined {
    return this.templates.contentHash(template);
  }

  countLabels(template: number, entry: number): void {
    this.templates.countLabels(template, entry);
  }

  private requestOf(value: Json): Json {
    if (!isJsonObject(value)) return value;
    return this.mapping.requestOf(value, this.areAlone ? ownTask(value) : this.aroundTask, this.part);
  }

  /** Parts of an annotation that may differ, besides those of requests. */
  private varyingIn(annotation: JsonObject): Varying[] {
    const taken = takenOf(this.part);
    return Object.entries(annotation).flatMap(([name, value]): Varying[] => {
      const path = [name];
      if (name === 'task' && this.areAlone) {
        if (!isJsonObject(value)) return [{ path, token: { kind: 'task' } }];
        return Object.keys(value).map((key) => ({
          path: [name, key],
          token: { kind: key === 'id' ? 'task' : 'any' },
        }));
      }
      if (!taken.includes(name)) return [{ path, token: { kind: 'any' } }];
      if (name !== 'completed_by') return [];
      // If annotators are kept, each makes another request.
      const mark: Varying = { path, token: { kind: 'mark' } };
      return this.mapping.keepsAuthors ? [mark] : [mark, { path, token: { kind: 'any' } }];
    });
  }

  private authorAt(at: number): string {
    const { cell, authorTexts, authors } = this;
    readCell(this.cells.bytes, at, cell);
    let code = authorTexts.find(cell);
    if (code < 0) {
      code = authorTexts.add(cell);
      authors.push(authorOf(this.cells.cellAt(cell.from, cell.to)));
    }
    return authors[code]!;
  }
}

/** The task ID of an annotation without a task around it. */
export function ownTask({ task = null }: JsonObject): Json {
  return isJsonObject(task) ? (task['id'] ?? null) : task;
}
