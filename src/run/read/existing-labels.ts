import { exportLabels, tasksAnExport, type LabelledTask } from '#api/annotations/export.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { summariseResult } from '#domain/plan/entry-summary.ts';
import { LabelTally } from '#domain/plan/label-tally.ts';
import { lineOfHtml } from '#domain/preview/html-text.ts';
import type { Failure } from '#wire/failure.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { labelsHash } from '#wire/hash/labels-hash.ts';
import { limits } from '#wire/limits.ts';
import { shorten } from '#wire/text/words.ts';
import { chunksOf, inParallel } from '#run/in-parallel.ts';
import { dependsOnTasks } from './read-back.ts';

const readsInFlight = 4;

/** UTF-16 code units kept of a task’s text: one line on screen. */
const textUnits = 120;

/** How a row compares with the annotations of its task. Predictions don’t count. */
export type RowClass = 'new' | 'same-by-me' | 'same-by-others' | 'other-by-me' | 'other-by-others';

/** The data field that identifies a task for people. */
interface TextField {
  key: string;
  isHtml: boolean;
}

interface ExistingTask {
  text: string | undefined;
  hasGroundTruth: boolean;
  annotations: { labels: number; by: number | undefined }[];
}

/** The existing annotations of tasks, read once. */
export class TaskLabels {
  /** How often each label is on these tasks. */
  readonly tally = new LabelTally();
  private readonly byTask = new Map<string, ExistingTask>();
  /** The labels of annotations in words, by their hash. */
  private readonly words = new Map<number, string>();
  private units = 0;
  private readonly fieldOf: (project: number) => TextField | undefined;

  constructor(fieldOf: (project: number) => TextField | undefined) {
    this.fieldOf = fieldOf;
  }

  add(project: number, { id, data, annotations }: LabelledTask): void {
    this.byTask.set(`${project} ${id}`, {
      text: this.keptText(textOf(data, this.fieldOf(project))),
      hasGroundTruth: annotations.some(({ isGroundTruth }) => isGroundTruth),
      annotations: annotations.map(({ result, isSkip, by }) => {
        const labels = labelsHash(result, isSkip);
        if (!isSkip) this.tally.add(result);
        if (this.words.size < limits.labelWords && !this.words.has(labels))
          this.words.set(labels, copyOf(summariseResult({ result: result ?? [], was_cancelled: isSkip })));
        return { labels, by };
      }),
    });
  }

  /** Undefined for a task that was not read. */
  classOf(project: number, task: number, labels: number, me: number): RowClass | undefined {
    const existing = this.byTask.get(`${project} ${task}`)?.annotations;
    if (!existing) return undefined;
    if (existing.length === 0) return 'new';
    const same = existing.filter((one) => one.labels === labels);
    if (same.some(({ by }) => by === me)) return 'same-by-me';
    if (same.length > 0) return 'same-by-others';
    return existing.some(({ by }) => by === me) ? 'other-by-me' : 'other-by-others';
  }

  /** The first line of a task’s text; undefined if it has none or the memory limit was reached. */
  textOf(project: number, task: number): string | undefined {
    return this.byTask.get(`${project} ${task}`)?.text;
  }

  /** The labels of a task’s first annotation in words, if known. */
  wordsOf(project: number, task: number): string | undefined {
    const [first] = this.byTask.get(`${project} ${task}`)?.annotations ?? [];
    return first && this.words.get(first.labels);
  }

  hasGroundTruth(project: number, task: number): boolean {
    return this.byTask.get(`${project} ${task}`)?.hasGroundTruth ?? false;
  }

  /** False if the memory limit was reached before all texts were kept. */
  get hasAllTexts(): boolean {
    return this.units < limits.comparedTextUnits;
  }

  private keptText(text: string | undefined): string | undefined {
    if (text === undefined || !this.hasAllTexts) return undefined;
    const kept = copyOf(shorten(text, textUnits));
    this.units += kept.length;
    return kept;
  }
}

/** Copies the string, because a substring keeps all of the original in memory. */
const copyOf = (text: string) => JSON.parse(JSON.stringify(text)) as string;

/** The value of a field, or of the first one that is a text. */
function textOf(data: Json | undefined, field: TextField | undefined): string | undefined {
  if (!isJsonObject(data)) return undefined;
  const value = field === undefined ? undefined : data[field.key];
  if (field?.isHtml && typeof value === 'string') return lineOfHtml(value, textUnits);
  const text = value ?? Object.values(data).find((other) => typeof other === 'string');
  return typeof text === 'string' || typeof text === 'number' ? String(text) : undefined;
}

/**
 * Reads the annotations of these tasks in bulk.
 *
 * @returns why it ended early; undefined if every task was read or failed on its own
 */
export async function readExistingLabels(
  client: HttpClient,
  known: TaskLabels,
  tasksOfProject: ReadonlyMap<number, readonly number[]>,
  { stop, onProgress }: { stop: AbortSignal; onProgress: (read: number, of: number) => void },
): Promise<Failure | undefined> {
  const chunks = [...tasksOfProject].flatMap(([project, tasks]) =>
    chunksOf([...tasks], tasksAnExport).map((chunk) => ({ project, chunk })),
  );
  const total = [...tasksOfProject.values()].reduce((sum, tasks) => sum + tasks.length, 0);
  let done = 0;
  let failure: Failure | undefined;
  const read = async (project: number, tasks: number[]): Promise<void> => {
    if (stop.aborted || failure) return;
    const outcome = await exportLabels(client, project, tasks);
    if (!outcome.ok && dependsOnTasks(outcome.failure) && tasks.length > 1) {
      const middle = tasks.length >> 1;
      await read(project, tasks.slice(0, middle));
      return read(project, tasks.slice(middle));
    }
    if (outcome.ok) for (const task of outcome.value) known.add(project, task);
    else if (!dependsOnTasks(outcome.failure)) failure = outcome.failure;
    done += tasks.length;
    onProgress(done, total);
  };
  await inParallel(
    () => (stop.aborted || failure ? undefined : chunks.shift()),
    readsInFlight,
    ({ project, chunk }) => read(project, chunk),
  );
  return failure;
}
