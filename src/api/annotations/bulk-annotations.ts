import { bulkRequestSchema } from '#wire/bulk-request.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient, NameCall } from '#api/http/http-client.ts';

const createdSchema = z.array(z.object({ id: z.int().check(z.positive()) }));

/**
 * `POST /api/annotations/bulk/` (Enterprise, Starter Cloud): one annotation for each of the body’s tasks. The answer
 * has IDs without tasks in undocumented order, so only their number is meaningful.
 *
 * @throws if the body doesn't match the documented schema, which is a bug; nothing is sent then
 */
export async function createAnnotations(
  client: HttpClient,
  body: JsonObject,
  nameCall: NameCall,
): Promise<Outcome<number[]>> {
  bulkRequestSchema.parse(body);
  const outcome = await client.call({
    method: 'POST',
    path: '/api/annotations/bulk/',
    body,
    nameCall,
    status: 201,
    schema: createdSchema,
    maxBytes: limits.tasksBytes,
  });
  return outcome.ok ? { ok: true, value: outcome.value.map(({ id }) => id) } : outcome;
}

/** The IDs in the body of a 201; undefined if the body isn’t as documented. */
export function idsOfCreated(answer: unknown): number[] | undefined {
  const parsed = createdSchema.safeParse(answer);
  return parsed.success ? parsed.data.map(({ id }) => id) : undefined;
}
