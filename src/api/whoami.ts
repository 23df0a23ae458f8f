import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { nameSchema } from './name-schema.ts';

const whoamiSchema = z.looseObject({
  id: z.number(),
  first_name: nameSchema,
  last_name: nameSchema,
  username: nameSchema,
  email: nameSchema,
  active_organization: z.nullish(z.number()),
  active_organization_meta: z.nullish(z.looseObject({ title: nameSchema })),
  organization_membership: z.nullish(z.looseObject({ role: z.nullish(nameSchema) })),
});

export type Whoami = z.infer<typeof whoamiSchema>;

/** `GET /api/current-user/whoami`, without a final slash, which would give an HTML 404. */
export function readWhoami(client: HttpClient): Promise<Outcome<Whoami>> {
  return client.call({ method: 'GET', path: '/api/current-user/whoami', schema: whoamiSchema });
}
