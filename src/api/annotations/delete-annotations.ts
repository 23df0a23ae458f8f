import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

/** Maximum number of IDs for bulk deletion. */
export const maxDeletesPerCall = 100;

const deletedSchema = z.looseObject({ deleted_count: z.number() });

/** `POST /api/annotations/bulk-delete/` (Enterprise) for at most 100 annotations of one project. */
export async function deleteAnnotations(
  client: HttpClient,
  project: number,
  ids: number[],
): Promise<Outcome<unknown>> {
  return client.call({
    method: 'POST',
    path: '/api/annotations/bulk-delete/',
    body: { ids, project },
    schema: deletedSchema,
  });
}

/** `DELETE /api/annotations/{id}/`, in every edition. 404 if it is already deleted. */
export function deleteAnnotation(client: HttpClient, id: number): Promise<Outcome<unknown>> {
  return client.call({ method: 'DELETE', path: `/api/annotations/${id}/`, status: 204, schema: z.unknown() });
}
