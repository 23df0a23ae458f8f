import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

const versionSchema = z
  .looseObject({
    release: z.string(),
    edition: z.catch(z.optional(z.enum(['Community', 'Enterprise'])), undefined),
  })
  // Many a service tells its release; only Label Studio names its parts so.
  .check(z.refine((version) => Object.keys(version).some((part) => part.startsWith('label-studio'))));

export interface Version {
  release: string;
  edition: 'Community' | 'Enterprise';
}

/** `GET /api/version/`: needs no token, so it tells a Label Studio from another server before any secret is sent. */
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
  // Releases before the field was added name the Enterprise package among their parts instead.
  const older = 'label-studio-enterprise-backend' in outcome.value ? 'Enterprise' : 'Community';
  return { ok: true, value: { release, edition: edition ?? older } };
}
