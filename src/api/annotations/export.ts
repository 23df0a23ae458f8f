import type { Outcome } from '#wire/failure.ts';
import type { Json } from '#wire/json/json-value.ts';
import { limits } from '#wire/limits.ts';
import { stableHash } from '#wire/hash/stable-hash.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

// Strict about nothing else: the other fields, some twenty, are dropped instead of copied.
const annotationSchema = z.object({
  id: z.int().check(z.positive()),
  completed_by: z.nullish(z.union([z.number(), z.looseObject({ id: z.number() })])),
  was_cancelled: z.nullish(z.boolean()),
  ground_truth: z.nullish(z.boolean()),
  unique_id: z.nullish(z.string()),
  updated_at: z.nullish(z.string()),
  // Stored results can be any JSON.
  result: z.optional(z.unknown()),
});

const taskSchema = z.object({
  id: z.int().check(z.positive()),
  data: z.optional(z.unknown()),
  annotations: z.array(annotationSchema),
});

/** An annotation as read back, with the fields that identify it. */
export interface ReadAnnotation {
  id: number;
  uniqueId: string | undefined;
  /** The number of regions, without relations. */
  regions: number;
  /** The region IDs that are strings. */
  regionIds: string[];
  cancelled: boolean;
  completedBy: number | undefined;
  /** Microseconds since 1970; 0 if unknown. */
  updatedAt: number;
  /** A hash of the result that ignores key order, which PostgreSQL changes. */
  resultHash: number;
}

/** Keeps the URL below the 8 kB limit of gateways. */
export const tasksAnExport = 250;

/** A task with the labels and author of its annotations. */
export interface LabelledTask {
  id: number;
  data: Json | undefined;
  annotations: {
    result: Json | undefined;
    isSkip: boolean;
    isGroundTruth: boolean;
    by: number | undefined;
  }[];
}

/**
 * `GET /api/projects/{id}/export` for at most 250 tasks: all their annotations with `unique_id`, including cancelled
 * ones, at about 1/25 of the cost of single requests. Tasks of other projects are skipped.
 */
export async function exportAnnotations(
  client: HttpClient,
  project: number,
  tasks: number[],
): Promise<Outcome<Map<number, ReadAnnotation[]>>> {
  const read = new Map<number, ReadAnnotation[]>();
  const outcome = await exportTasks(client, project, tasks, ({ id, annotations }) =>
    read.set(id, annotations.map(readAnnotation)),
  );
  return outcome.ok ? { ok: true, value: read } : outcome;
}

/** The same with the tasks’ data and the labels of the annotations. */
export async function exportLabels(
  client: HttpClient,
  project: number,
  tasks: number[],
): Promise<Outcome<LabelledTask[]>> {
  const labelled: LabelledTask[] = [];
  const outcome = await exportTasks(client, project, tasks, ({ id, data, annotations }) =>
    labelled.push({
      id,
      data: data as Json | undefined,
      annotations: annotations.map((annotation) => ({
        result: annotation.result as Json | undefined,
        isSkip: annotation.was_cancelled === true,
        isGroundTruth: annotation.ground_truth === true,
        by: authorOf(annotation),
      })),
    }),
  );
  return outcome.ok ? { ok: true, value: labelled } : outcome;
}

async function exportTasks(
  client: HttpClient,
  project: number,
  tasks: number[],
  take: (task: z.infer<typeof taskSchema>) => void,
): Promise<Outcome<undefined>> {
  const ids = tasks.map((task) => `&ids[]=${task}`).join('');
  const path = `/api/projects/${project}/export?exportType=JSON&download_all_tasks=true${ids}`;
  return client.callForList({ method: 'GET', path, schema: taskSchema, maxBytes: limits.tasksBytes }, take);
}

type Exported = z.infer<typeof annotationSchema>;

const authorOf = ({ completed_by: by }: Exported): number | undefined =>
  (typeof by === 'object' ? by?.id : by) ?? undefined;

function readAnnotation(annotation: Exported): ReadAnnotation {
  const { result } = annotation;
  const regions = Array.isArray(result) ? result.filter(isRegion) : [];
  return {
    id: annotation.id,
    uniqueId: annotation.unique_id?.toLowerCase(),
    regions: regions.length,
    regionIds: regions.map(({ id }) => id).filter((id) => typeof id === 'string'),
    cancelled: annotation.was_cancelled === true,
    completedBy: authorOf(annotation),
    updatedAt: microsecondsOf(annotation.updated_at ?? ''),
    resultHash: stableHash((result ?? null) as Json),
  };
}

/** `Date` drops everything below a millisecond. */
function microsecondsOf(time: string): number {
  const [, seconds, fraction = '', zone] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  const milliseconds = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(milliseconds) ? 0 : milliseconds * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

function isRegion(item: unknown): item is { id?: unknown } {
  return typeof item === 'object' && item !== null && !('type' in item && item.type === 'relation');
}
