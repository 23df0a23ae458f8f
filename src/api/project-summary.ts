import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

/**
 * `POST /api/projects/{id}/summary/reset/`: counts again which labels and controls are in use, by which the server refuses changes
 * of the labelling config that would break annotations. Annotations made of predictions aren’t counted without it.
 */
export function refreshSummary(client: HttpClient, project: number): Promise<Outcome<unknown>> {
  return client.call({
    method: 'POST',
    path: `/api/projects/${project}/summary/reset/`,
    schema: z.unknown(),
  });
}
