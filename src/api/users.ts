import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { nameSchema } from './name-schema.ts';

const usersSchema = z.array(
  z.looseObject({
    id: z.int().check(z.positive()),
    email: z.nullish(nameSchema),
    first_name: z.nullish(nameSchema),
    last_name: z.nullish(nameSchema),
  }),
);

export interface User {
  id: number;
  /** Empty if unknown. */
  email: string;
  name: string;
}

/** `GET /api/users/`: the users of the organisation; 403 without permission. */
export async function listUsers(client: HttpClient): Promise<Outcome<User[]>> {
  const outcome = await client.call({ method: 'GET', path: '/api/users/', schema: usersSchema });
  if (!outcome.ok) return outcome;
  return {
    ok: true,
    value: outcome.value.map(({ id, email, first_name: first, last_name: last }) => ({
      id,
      email: email ?? '',
      name: `${first ?? ''} ${last ?? ''}`.trim(),
    })),
  };
}
