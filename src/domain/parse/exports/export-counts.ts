import { readJson } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { Problem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { shorten } from '#wire/text/words.ts';
import type { ExportParts, ExportSummary, ImportSettings } from '#domain/parse/import-settings.ts';
import type { ItemKind, PartName } from './export-kind.ts';

/** The content of an export, imported or not. */
export class ExportCounts {
  tasks = 0;
  withoutId = 0;
  annotations = 0;
  predictions = 0;
  drafts = 0;
  /** Counts by the JSON of a model version; empty if it is missing. */
  private readonly versions = new Map<string, number>();
  private readonly authors = new Map<string, number>();
  private min = Infinity;
  private max = -Infinity;
  /** By part: the offset of the first one. */
  private readonly places: (number | undefined)[] = [];

  place(part: number, at: number): void {
    this.places[part] ??= at;
  }

  add(part: PartName, version: string, score: number | undefined): void {
    if (part === 'drafts') this.drafts += 1;
    else if (part !== 'predictions') this.annotations += 1;
    else {
      this.predictions += 1;
      if (this.versions.has(version) || this.versions.size < limits.listed)
        this.versions.set(version, (this.versions.get(version) ?? 0) + 1);
      if (score === undefined || Number.isNaN(score)) return;
      this.min = Math.min(this.min, score);
      this.max = Math.max(this.max, score);
    }
  }

  addAuthor(name: string): void {
    const { authors } = this;
    if (name !== '' && (authors.has(name) || authors.size < limits.exportAuthors))
      authors.set(name, (authors.get(name) ?? 0) + 1);
  }

  firstAt(part: number): number | undefined {
    return this.places[part];
  }

  summary(): ExportSummary {
    const { tasks, annotations, predictions, drafts, versions, min, max } = this;
    const modelVersions = [...versions]
      .toSorted(([, one], [, other]) => other - one)
      .map(([version, number]) => ({ name: versionName(version), predictions: number }))
      .filter(({ name }) => name.length <= limits.shownUnits);
    return {
      tasks,
      annotations,
      predictions,
      drafts,
      authors: [...this.authors]
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, annotations]) => ({ name, annotations })),
      modelVersions,
      ...(min <= max && { scores: { min, max } }),
    };
  }

  /** Notes about everything that isn’t imported, each at its first place. */
  problems(kind: ItemKind, { parts = {}, annotators }: ImportSettings, imported: number): Problem[] {
    const { predictions, drafts } = parts;
    const found: Problem[] = [];
    const add = (code: string, message: string, part: number) => {
      const from = this.firstAt(part) ?? 0;
      const severity = imported === 0 ? 'error' : 'info';
      found.push({ code, severity, message, path: [], span: { from, to: from + 1 } });
    };
    const none = this.annotations === 0 ? ', no annotations' : '';
    if (this.predictions > 0 && predictions === undefined)
      add(
        'predictions-not-imported',
        `${count(this.predictions, 'prediction')}${none}. To import predictions as annotations, choose it under Import settings.`,
        2,
      );
    else if (this.predictions > 0 && imported === 0)
      add(
        'predictions-filtered',
        'No prediction has this model version and score. Change the filter under Import settings.',
        2,
      );
    if (this.drafts > 0 && drafts !== true)
      add(
        'drafts-not-imported',
        `${count(this.drafts, 'draft')}${none}. To import drafts as annotations, choose it under Import settings.`,
        3,
      );
    const unmapped = [...this.authors].filter(([name]) => annotators && !Object.hasOwn(annotators, name));
    if (unmapped.length > 0) {
      const annotations = unmapped.reduce((sum, [, number]) => sum + number, 0);
      const [name] = unmapped[0]!;
      const others = unmapped.length === 1 ? '' : ` and ${count(unmapped.length - 1, 'other annotator')}`;
      add(
        'annotators-not-kept',
        `${count(annotations, 'annotation')} by ${name}${others} will be yours. To keep the annotator, choose a user under Import settings.`,
        0,
      );
    }
    if (imported === 0 && found.length === 0) {
      const what = kind === 'task' ? `${count(this.tasks, 'task')}, no annotations` : 'No annotations';
      add('export-without-annotations', `${what}, so there’s nothing to import.`, 0);
    }
    return found;
  }
}

/** The name of a model version without a name. */
const versionName = (json: string): string => {
  const value = json === '' ? null : (readJson(json).value ?? null);
  return typeof value === 'string' ? value : value === null ? '' : shorten(json, limits.shownUnits);
};

/** Whether to import a prediction or draft. A prediction without a score counts as too low. */
export function isWanted(
  { predictions, drafts }: ExportParts,
  part: PartName,
  version: string,
  score: number | undefined,
): boolean {
  if (part === 'drafts') return drafts === true;
  if (predictions === undefined) return false;
  const { modelVersion, minScore } = predictions;
  if (modelVersion !== undefined && versionName(version) !== modelVersion) return false;
  return minScore === undefined || (score !== undefined && score >= minScore);
}
