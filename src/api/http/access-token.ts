import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

/** Most servers limit request headers to about this size. */
const maxTokenLength = 8000;

const accessSchema = z.object({ access: z.string().check(z.maxLength(maxTokenLength)) });

/**
 * `POST /api/token/refresh/`: exchanges a personal access token (a refresh JWT) for an access token valid for about
 * five minutes.
 */
export async function exchangeToken(client: HttpClient, refresh: string): Promise<Outcome<string>> {
  const outcome = await client.call({
    method: 'POST',
    path: '/api/token/refresh/',
    body: { refresh },
    schema: accessSchema,
    anonymous: true,
  });
  return outcome.ok ? { ok: true, value: outcome.value.access } : outcome;
}
