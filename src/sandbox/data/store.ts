import { ForeignKeyIndex, Table } from './table.ts';
import type { AnnotationRow, PredictionRow, ProjectRow, TaskRow, UserRow, ViewRow } from './rows.ts';

/** The data and its indexes, without rules. No lookup scans other tasks or projects. */
export class Store {
  readonly users = new Table<UserRow>();
  readonly projects = new Table<ProjectRow>();
  readonly tasks = new Table<TaskRow>();
  readonly annotations = new Table<AnnotationRow>();
  readonly predictions = new Table<PredictionRow>();
  readonly views = new Table<ViewRow>();

  readonly tasksOf = new ForeignKeyIndex<TaskRow>();
  readonly annotationsOf = new ForeignKeyIndex<AnnotationRow>();
  readonly predictionsOf = new ForeignKeyIndex<PredictionRow>();
  /** Annotations made from a prediction, by the prediction; copies of an annotation, by the original. */
  readonly madeFromPrediction = new ForeignKeyIndex<AnnotationRow>();
  readonly madeFromAnnotation = new ForeignKeyIndex<AnnotationRow>();
  readonly #uniqueIds = new Set<string>();

  /** `-once` faults that have already happened; see http/faults.ts. */
  readonly usedFaults = new Set<string>();
  readonly blacklistedTokenIds = new Set<string>();
  /** Token ids of the personal access tokens of each user. */
  readonly personalTokens: { user: number; token: string; id: string }[] = [];
  /** Access and legacy tokens invalidated by a fault. */
  readonly expiredTokens = new Set<string>();
  organization = { title: 'Label Studio', api_tokens_enabled: true, legacy_api_tokens_enabled: true };

  addTask(task: TaskRow): void {
    this.tasks.insert(task);
    this.tasksOf.add(task.project, task);
  }

  /** With its annotations and predictions. */
  removeTask(task: TaskRow): void {
    for (const annotation of this.annotationsOf.of(task.id).slice()) this.removeAnnotation(annotation);
    for (const prediction of this.predictionsOf.of(task.id).slice()) this.removePrediction(prediction);
    this.tasks.delete(task.id);
    this.tasksOf.remove(task.project, task);
  }

  /** With all that is in it. */
  removeProject(project: ProjectRow): void {
    for (const task of this.tasksOf.of(project.id).slice()) this.removeTask(task);
    for (const view of this.views.all()) if (view.project === project.id) this.views.delete(view.id);
    this.projects.delete(project.id);
  }

  /** The caller must check that the `unique_id` is unused. */
  addAnnotation(annotation: AnnotationRow): void {
    this.annotations.insert(annotation);
    this.annotationsOf.add(annotation.task, annotation);
    this.#uniqueIds.add(annotation.unique_id);
    this.#linkParents(annotation);
  }

  removeAnnotation(annotation: AnnotationRow): void {
    this.annotations.delete(annotation.id);
    this.annotationsOf.remove(annotation.task, annotation);
    this.#uniqueIds.delete(annotation.unique_id);
    this.#unlinkParents(annotation);
    for (const copy of this.madeFromAnnotation.of(annotation.id)) copy.parent_annotation = null;
  }

  /** Changes a row and updates the indexes. */
  changeAnnotation(annotation: AnnotationRow, changes: Partial<AnnotationRow>): void {
    this.annotationsOf.remove(annotation.task, annotation);
    this.#uniqueIds.delete(annotation.unique_id);
    this.#unlinkParents(annotation);
    Object.assign(annotation, changes);
    this.annotationsOf.add(annotation.task, annotation);
    this.#uniqueIds.add(annotation.unique_id);
    this.#linkParents(annotation);
  }

  hasUniqueId(uniqueId: string): boolean {
    return this.#uniqueIds.has(uniqueId);
  }

  addPrediction(prediction: PredictionRow): void {
    this.predictions.insert(prediction);
    this.predictionsOf.add(prediction.task, prediction);
  }

  removePrediction(prediction: PredictionRow): void {
    this.predictions.delete(prediction.id);
    this.predictionsOf.remove(prediction.task, prediction);
    for (const made of this.madeFromPrediction.of(prediction.id)) made.parent_prediction = null;
  }

  /** The project's predictions, oldest first within each task. */
  predictionsOfProject(project: number): PredictionRow[] {
    return this.tasksOf.of(project).flatMap((task) => this.predictionsOf.of(task.id));
  }

  #linkParents(annotation: AnnotationRow): void {
    if (annotation.parent_prediction !== null)
      this.madeFromPrediction.add(annotation.parent_prediction, annotation);
    if (annotation.parent_annotation !== null)
      this.madeFromAnnotation.add(annotation.parent_annotation, annotation);
  }

  #unlinkParents(annotation: AnnotationRow): void {
    if (annotation.parent_prediction !== null)
      this.madeFromPrediction.remove(annotation.parent_prediction, annotation);
    if (annotation.parent_annotation !== null)
      this.madeFromAnnotation.remove(annotation.parent_annotation, annotation);
  }
}
