import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';

const columnsSchema = z.looseObject({
  columns: z.array(z.looseObject({ id: z.string(), target: z.string(), parent: z.optional(z.string()) })),
});

/**
 * `GET /api/dm/columns/`: the keys of the project's task data, those of the labelling config first. The project's summary
 * has the same keys, but some imports don't update it.
 */
export async function readDataColumns(client: HttpClient, project: number): Promise<Outcome<string[]>> {
  const outcome = await client.call({
    method: 'GET',
    path: `/api/dm/columns/?project=${project}`,
    schema: columnsSchema,
  });
  if (!outcome.ok) return outcome;
  const ofData = outcome.value.columns.filter(
    ({ target, parent }) => target === 'tasks' && parent === 'data',
  );
  return { ok: true, value: ofData.map(({ id }) => id) };
}
