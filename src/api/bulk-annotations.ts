import { bulkRequestSchema } from '#wire/bulk-request.ts';
import type { Outcome } from '#wire/failure.ts';
import type { JsonObject } from '#wire/json.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

const createdSchema = z.array(z.object({ id: z.int().check(z.positive()) }));

/**
 * `POST /api/annotations/bulk/` (Enterprise, Starter Cloud): one annotation for each of the body's tasks. The answer
 * names no tasks and has no documented order, so the ids tell only how many there are.
 *
 * @throws where the body is not what the endpoint is documented to take: that is a mistake of ours, and nothing is sent
 */
export async function createAnnotations(client: HttpClient, body: JsonObject): Promise<Outcome<number[]>> {
  bulkRequestSchema.parse(body);
  const outcome = await client.call({
    method: 'POST',
    path: '/api/annotations/bulk/',
    body,
    status: 201,
    schema: createdSchema,
  });
  return outcome.ok ? { ok: true, value: outcome.value.map(({ id }) => id) } : outcome;
}
