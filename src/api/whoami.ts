import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

const whoamiSchema = z.looseObject({
  id: z.number(),
  first_name: z.string(),
  last_name: z.string(),
  username: z.string(),
  email: z.string(),
  active_organization_meta: z.nullish(z.looseObject({ title: z.string() })),
  organization_membership: z.nullish(z.looseObject({ role: z.nullish(z.string()) })),
});

export type Whoami = z.infer<typeof whoamiSchema>;

/** `GET /api/current-user/whoami`, without a final slash, which would give an HTML 404. */
export function readWhoami(client: HttpClient): Promise<Outcome<Whoami>> {
  return client.call({ method: 'GET', path: '/api/current-user/whoami', schema: whoamiSchema });
}
