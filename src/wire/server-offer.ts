import { z } from './zod.ts';

/**
 * What the server that serves Sheaf itself offers besides the files: `GET sheaf.json`. A static deployment may have no
 * such file; then there is neither a sandbox nor a proxy.
 */
export const serverOfferSchema = z.object({
  sandbox: z.nullable(
    z.object({
      path: z.string(),
      edition: z.enum(['community', 'enterprise']),
      users: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
      timeLimitSeconds: z.number().check(z.positive()),
    }),
  ),
  labelStudio: z.nullable(z.object({ path: z.string(), target: z.string() })),
});

export type ServerOffer = z.infer<typeof serverOfferSchema>;
