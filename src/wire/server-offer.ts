import { z } from './zod.ts';

/**
 * `sheaf.json`: the sandbox and the proxy offered by Sheaf’s own server. A static deployment has no such file.
 */
export const serverOfferSchema = z.object({
  /** New at each start of the server: its memory of calls and its sandbox data start then. */
  boot: z.optional(z.string()),
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
