import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { limits } from '#wire/limits.ts';
import { callHeader, callPath } from '#wire/sheaf-call.ts';
import { CallMemory, type Arrival, type CreatingCall, type Forwarded } from './call-memory.ts';

type CallName = Pick<CreatingCall, 'id' | 'sentAt'>;
type SheafContext = Context<{ Bindings: HttpBindings }>;

/** Creating calls to one server, forwarded by ours. */
export class CreatingCalls {
  private readonly memory: CallMemory;
  private readonly boot: string;

  constructor(boot: string, now: () => number = Date.now) {
    this.boot = boot;
    this.memory = new CallMemory(now);
  }

  /** Answers a request for a call’s outcome; undefined for other requests. `path` is below the server’s prefix. */
  answerQuestion(c: SheafContext, path: string): Response | undefined {
    if (!path.startsWith(callPath) || c.req.method !== 'GET') return undefined;
    const { boot, sentAt } = c.req.query();
    const id = path.slice(callPath.length).replace(/\?.*$/, '');
    const authorization = c.req.header('authorization') ?? '';
    const report =
      boot === this.boot && isUuid(id)
        ? this.memory.ask(id, Number(sentAt ?? NaN), authorization)
        : { state: 'forgotten' };
    return c.json(report, 200, { 'cache-control': 'no-store' });
  }

  /** The name of a creating call; undefined for any other request. */
  nameOf(c: SheafContext): CallName | 'malformed' | undefined {
    const header = c.req.header(callHeader);
    if (c.req.method !== 'POST' || header === undefined) return undefined;
    const [id = '', sentAt = ''] = header.split(' ');
    return isUuid(id) && /^\d+$/.test(sentAt) ? { id, sentAt: Number(sentAt) } : 'malformed';
  }

  /** Reads the whole call, forwards it once, and answers; the page may be gone by then. */
  async handle(
    c: SheafContext,
    name: CallName | 'malformed',
    path: string,
    forward: (body: Uint8Array<ArrayBuffer>) => Promise<Forwarded>,
  ): Promise<Response> {
    if (name === 'malformed')
      return c.json({ proxy: 'malformed', message: 'This call has no proper name.' }, 400);
    if (Number(c.req.header('content-length') ?? 0) > limits.fileBytes) return c.text('Too large.\n', 413);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const call: CreatingCall = { ...name, authorization: c.req.header('authorization') ?? '', path, body };
    const arrival = await this.memory.arrive(call, () => forward(body));
    return answerTo(c, arrival);
  }
}

function answerTo(c: SheafContext, arrival: Arrival): Response {
  const noStore = { 'cache-control': 'no-store' };
  switch (arrival.kind) {
    case 'answered': {
      const { status, headers, body } = arrival.answer;
      return new Response(Uint8Array.from(body), { status, headers: { ...headers, ...noStore } });
    }
    // Deliberately not in Label Studio’s error format, which would mean that the server has finished the request.
    case 'nothing-sent':
      return c.json({ proxy: 'no-answer', message: arrival.message }, 502, noStore);
    case 'lost':
      // Ends like a direct connection would: the page gets no answer, and asks for the outcome.
      c.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'mismatch':
      return c.json({ proxy: 'used', message: 'Another call has this name.' }, 409, noStore);
    case 'forgotten':
      return c.json(
        { proxy: 'forgotten', message: 'An earlier copy of this call may have arrived.' },
        409,
        noStore,
      );
    case 'refused':
      return c.json({ proxy: 'refused', message: 'This call was reported as never arrived.' }, 409, noStore);
  }
}

const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
