import { z } from './zod.ts';

/**
 * Names a creating POST to Sheaf’s own server: a UUID and when it was sent, in milliseconds since 1970. A second copy with the
 * same name gets the first one’s answer. Both run on the same computer, so their clocks agree.
 */
export const callHeader = 'Sheaf-Call';

/** Where Sheaf’s own server tells what became of a call, below the path of the server it was sent to. */
export const callPath = '/sheaf-call/';

/**
 * What Sheaf’s own server knows of a call.
 * - `in-progress`: forwarded, and not answered yet
 * - `answered`: with this status; `body` has the IDs of a 201, or what else was answered
 * - `nothing-sent`: Label Studio could not be connected to
 * - `lost`: the connection to Label Studio ended without an answer
 * - `never-arrived`: and it never will, since its name is refused from now on
 * - `forgotten`: this server was restarted since, or had to make room
 */
export const callReportSchema = z.object({
  state: z.enum(['in-progress', 'answered', 'nothing-sent', 'lost', 'never-arrived', 'forgotten']),
  status: z.optional(z.number()),
  body: z.optional(z.string()),
});

export type CallReportAnswer = z.infer<typeof callReportSchema>;
