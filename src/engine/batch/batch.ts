import { check, type BatchCheck } from '#domain/check.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { TasksOf } from '#domain/match/tasks-of.ts';
import type { TaskCache } from '#engine/tasks/task-cache.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { CheckedBatch } from '#domain/results/exports/remaining-rows.ts';
import { SourceText } from '#domain/text/source-text.ts';
import { isId } from '#wire/bulk-request.ts';
import type { Json } from '#wire/json/json.ts';
import { BatchText, type TextOnScreen } from './batch-text.ts';
import type { ProjectConfigs } from './project-configs.ts';
import type { StepPlace } from './undo-history.ts';

/** The current batch: its text, import settings and check. */
export class Batch {
  readonly text = new BatchText();
  projectId: number | undefined;
  private readonly currentConfigs: () => ProjectConfigs | undefined;
  private readonly currentTasks: () => TaskCache | undefined;
  private known: { checkup: BatchCheck; inputs: readonly unknown[] } = {
    checkup: check(SourceText.of('')),
    inputs: [],
  };
  /** Projects whose configs the last check asked for. */
  private readonly neededProjects = new Set<number>();

  /** The configs and tasks belong to the current session; undefined while disconnected. */
  constructor(currentConfigs: () => ProjectConfigs | undefined, currentTasks: () => TaskCache | undefined) {
    this.currentConfigs = currentConfigs;
    this.currentTasks = currentTasks;
  }

  get settings(): ImportSettings {
    return this.text.settings;
  }

  /** The result of the check, computed on demand and cached until an input changes. */
  get checkup(): BatchCheck {
    const { source } = this.text;
    const tasks = this.currentTasks();
    const read = [this.currentConfigs(), tasks, tasks?.revision];
    const inputs = [source, this.projectId, ...read, JSON.stringify(this.settings)];
    if (!inputs.every((input, index) => input === this.known.inputs[index])) {
      this.neededProjects.clear();
      this.known = { checkup: check(source, this.configOf, this.settings, this.tasksOf), inputs };
    }
    return this.known.checkup;
  }

  readonly configOf: ConfigOf = ({ project }) => {
    const id = this.projectOf(project);
    if (!isId(id)) return { why: 'No project is chosen, so labels aren’t checked' };
    const configs = this.currentConfigs();
    if (!configs) return { why: 'Not connected to a server, so labels aren’t checked' };
    this.neededProjects.add(id);
    return configs.of(id);
  };

  /** The known tasks of a request’s project. */
  readonly tasksOf: TasksOf = ({ project }) => tasksIn(this.currentTasks(), this.projectOf(project));

  /** A request’s own project, else the chosen one. */
  projectOf(own: Json | undefined): Json {
    return own ?? this.projectId ?? null;
  }

  /** Reads configs that the last check needed. True if there are new ones. */
  async loadConfigs(): Promise<boolean> {
    return (await this.currentConfigs()?.load(this.neededProjects)) ?? false;
  }

  /** Drops the cached check, so that the next one uses new configs. */
  forgetCheckup(): void {
    this.known = { ...this.known, inputs: [] };
  }

  /** A snapshot of the checked batch and what it was checked against, for a run. */
  source(): CheckedBatch {
    const { checkup, projectId } = this;
    const configs = this.currentConfigs();
    const tasks = this.currentTasks();
    const { parsed, findings } = checkup;
    return {
      text: this.text.source,
      parsed,
      entryErrors: findings.entryErrors,
      tasksOf: ({ project }) => tasksIn(tasks, project ?? projectId ?? null),
      configOf: ({ project }) => {
        const id = project ?? projectId ?? null;
        return configs && isId(id) ? configs.of(id) : { why: 'No longer known' };
      },
    };
  }

  /** Replaces the text by the result of `change`, unless it is the same. */
  rewrite(change: (text: string, checkup: BatchCheck) => string, place?: StepPlace): TextOnScreen {
    const { whole } = this.text;
    const changed = change(whole, this.checkup);
    return changed === whole ? this.text.onScreen() : this.text.replace(SourceText.of(changed), place);
  }
}

function tasksIn(cache: TaskCache | undefined, project: Json): ReturnType<TasksOf> {
  if (!isId(project)) return { why: 'No project is chosen, so rows can’t be matched to its tasks' };
  if (!cache) return { why: 'Not connected to a server, so rows can’t be matched to tasks' };
  return (
    cache.of(project) ?? { why: 'The project’s tasks haven’t been read, so rows can’t be matched to them' }
  );
}
