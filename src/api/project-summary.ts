import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

/**
 * `POST /api/projects/{id}/summary/reset/`: recounts the labels and controls in use, which protect the labelling config
 * from breaking changes. Annotations made from predictions aren’t counted otherwise.
 */
export function refreshSummary(client: HttpClient, project: number): Promise<Outcome<unknown>> {
  return client.call({
    method: 'POST',
    path: `/api/projects/${project}/summary/reset/`,
    schema: z.unknown(),
  });
}
