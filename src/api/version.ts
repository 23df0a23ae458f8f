import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { nameSchema } from './name-schema.ts';

const versionSchema = z
  .looseObject({
    release: nameSchema,
    edition: z.catch(z.optional(z.enum(['Community', 'Enterprise'])), undefined),
  })
  // Other services report a release, too; only Label Studio has these keys.
  .check(z.refine((version) => Object.keys(version).some((part) => part.startsWith('label-studio'))));

export interface Version {
  release: string;
  edition: 'Community' | 'Enterprise';
}

/** `GET /api/version/`: identifies a Label Studio before the token is sent. */
export async function readVersion(client: HttpClient, signal?: AbortSignal): Promise<Outcome<Version>> {
  const outcome = await client.call({
    method: 'GET',
    path: '/api/version/',
    schema: versionSchema,
    anonymous: true,
    ...(signal && { signal }),
  });
  if (!outcome.ok) return outcome;
  const { release, edition } = outcome.value;
  // Older releases have no `edition`, but Enterprise lists its own package.
  const older = 'label-studio-enterprise-backend' in outcome.value ? 'Enterprise' : 'Community';
  return { ok: true, value: { release, edition: edition ?? older } };
}
