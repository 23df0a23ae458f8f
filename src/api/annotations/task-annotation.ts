import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient, NameCall } from '#api/http/http-client.ts';

const createdSchema = z.looseObject({ id: z.int().check(z.positive()) });

/** `POST /api/tasks/{id}/annotations/`, in every edition: creates one annotation. 409 if its `unique_id` exists. */
export async function createTaskAnnotation(
  client: HttpClient,
  task: number,
  body: JsonObject,
  nameCall: NameCall,
): Promise<Outcome<number>> {
  const outcome = await client.call({
    method: 'POST',
    path: `/api/tasks/${task}/annotations/`,
    body,
    nameCall,
    status: 201,
    schema: createdSchema,
    maxBytes: limits.tasksBytes,
  });
  return outcome.ok ? { ok: true, value: outcome.value.id } : outcome;
}

/** The ID in the body of a 201; undefined if it isn’t as documented. */
export function idOfCreated(answer: unknown): number | undefined {
  const parsed = createdSchema.safeParse(answer);
  return parsed.success ? parsed.data.id : undefined;
}
