import { z } from './zod.ts';

/**
 * Names a creating POST to Sheaf’s own server: a UUID and the time of sending in milliseconds since 1970. A second copy
 * with the same name gets the first one’s answer. Both run on the same computer, so their clocks agree.
 */
export const callHeader = 'Sheaf-Call';

/** Where Sheaf’s own server reports on a call, below the path of the target server. */
export const callPath = '/sheaf-call/';

/**
 * What Sheaf’s own server knows about a call.
 * - `in-progress`: forwarded, and not answered yet
 * - `answered`: with this status; `body` has the IDs of a 201, or another answer
 * - `nothing-sent`: connecting to Label Studio failed
 * - `lost`: the connection to Label Studio ended without an answer
 * - `never-arrived`: and it never will, because its name is refused from now on
 * - `forgotten`: the server was restarted or had to make room
 */
export const callReportSchema = z.object({
  state: z.enum(['in-progress', 'answered', 'nothing-sent', 'lost', 'never-arrived', 'forgotten']),
  status: z.optional(z.number()),
  body: z.optional(z.string()),
});

export type CallReportAnswer = z.infer<typeof callReportSchema>;
