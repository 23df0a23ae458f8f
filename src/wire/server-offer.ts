import { z } from './zod.ts';

/**
 * `sheaf.json`: the sandbox and the proxy that the server of Sheaf offers. A static deployment has neither, and no such
 * file.
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
