import { isJsonObject, type Json, type JsonObject } from '#wire/json.ts';
import type { Path } from '#wire/problem.ts';

/** One request for each annotation of an export, and where in the export each stands. */
export interface ExportEntries {
  entries: Json[];
  /** The path to each annotation. */
  paths: Path[];
}

/** Of an annotation, what is about the task. Who made it, when, and under which id is another installation's business. */
const taken = ['result', 'was_cancelled', 'ground_truth', 'lead_time'];

export function entriesOfExport(tasks: readonly Json[]): ExportEntries {
  const entries: Json[] = [];
  const paths: Path[] = [];
  tasks.forEach((task, index) => {
    if (!isJsonObject(task) || !Array.isArray(task['annotations'])) return;
    task['annotations'].forEach((annotation, nth) => {
      entries.push(isJsonObject(annotation) ? requestOf(task['id'] ?? null, annotation) : annotation);
      paths.push([index, 'annotations', nth]);
    });
  });
  return { entries, paths };
}

function requestOf(task: Json, annotation: JsonObject): JsonObject {
  const request: JsonObject = { task };
  for (const field of taken) {
    const value = annotation[field] ?? null;
    if (value !== null) request[field] = value;
  }
  return request;
}
