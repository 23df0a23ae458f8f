import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { nameSchema } from '#api/name-schema.ts';

const viewsSchema = z.array(
  z.looseObject({
    id: z.int().check(z.positive()),
    // The Data Manager’s settings; Sheaf reads only the optional title.
    data: z.nullish(z.looseObject({ title: z.catch(z.optional(nameSchema), undefined) })),
  }),
);

/** A saved view: a tab of the Data Manager. */
export interface View {
  id: number;
  title: string | undefined;
}

/** `GET /api/dm/views/`: the project's views in tab order. */
export async function listViews(client: HttpClient, project: number): Promise<Outcome<View[]>> {
  const outcome = await client.call({
    method: 'GET',
    path: `/api/dm/views/?project=${project}`,
    schema: viewsSchema,
  });
  if (!outcome.ok) return outcome;
  return { ok: true, value: outcome.value.map(({ id, data }) => ({ id, title: data?.title })) };
}
