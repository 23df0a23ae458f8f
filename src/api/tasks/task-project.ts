import type { Outcome } from '#wire/failure.ts';
import { limits } from '#wire/limits.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

const taskSchema = z.looseObject({ project: z.number() });

/** `GET /api/tasks/{id}/`: the project of a task; 404 if it doesn’t exist or belongs to another organisation. */
export async function readProjectOfTask(client: HttpClient, task: number): Promise<Outcome<number>> {
  const path = `/api/tasks/${task}/?resolve_uri=false`;
  const read = await client.call({ method: 'GET', path, schema: taskSchema, maxBytes: limits.tasksBytes });
  return read.ok ? { ok: true, value: read.value.project } : read;
}
