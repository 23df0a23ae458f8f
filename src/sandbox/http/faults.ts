import { sentToken } from './authenticate.ts';
import type { Answer, Call } from './call.ts';
import { writeJson } from './json.ts';
import { gatewayPage } from './pages.ts';
import { serverError, invalidBody, Refusal, unauthorized } from './refusal.ts';
import type { TaskRow } from '#sandbox/data/rows.ts';

/**
 * Faults are triggered by task data: `"fault": "<name>"` makes every call that creates annotations on the task fail.
 * With the suffix `-once` only the first such call fails.
 */

/** The connection was lost before the answer was complete. The server that mounts the sandbox closes the socket. */
export class ConnectionLost extends Error {}

type Create = () => Answer;
type Fault = (call: Call, create: Create, tasks: readonly TaskRow[]) => Answer | Promise<Answer>;

const faults = {
  'refused-400': () => {
    throw invalidBody('The fault "refused-400" of this task refuses every annotation.');
  },

  'error-500-nothing-stored': () => {
    throw serverError('database is locked');
  },

  'error-500-after-store': (_call, create) => {
    create();
    throw serverError('canceling statement due to statement timeout');
  },

  'answer-lost-before-store': () => {
    throw new ConnectionLost('before the annotations were stored');
  },

  'answer-lost-after-store': (_call, create) => {
    create();
    throw new ConnectionLost('after the annotations were stored');
  },

  'answer-cut-off': (_call, create) => cutOff(create()),

  'gateway-502-after-store': (_call, create) => {
    create();
    return gatewayError(502, 'Bad Gateway');
  },

  'gateway-504-stored-later': (call, create) => {
    // The response has been sent, so a later refusal can't be reported.
    void call.settings
      .sleep(1000)
      .then(create)
      .catch(() => undefined);
    return gatewayError(504, 'Gateway Time-out');
  },

  'too-large-413': (_call, create, tasks) =>
    tasks.length > 1 ? gatewayError(413, 'Request Entity Too Large') : create(),

  'throttled-429': () => {
    throw new Refusal(429, { detail: 'Request was throttled. Expected available in 1 second.' });
  },

  /** A browser resends a POST when a reused connection dies: two copies arrive, one answer returns. */
  'stored-twice': (_call, create) => {
    create();
    return create();
  },

  'token-expires': (call) => {
    call.store.expiredTokens.add(sentToken(call.headers));
    const legacy = /^token/i.test(call.headers.get('authorization') ?? '');
    throw unauthorized(legacy ? 'Invalid token.' : undefined);
  },

  'slow-answer': async (call, create) => {
    const answer = create();
    await call.settings.sleep(4000);
    return answer;
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** Creates annotations, or fails with the first fault among the tasks. Waits for the latency of the settings. */
export async function withFaults(call: Call, tasks: readonly TaskRow[], create: Create): Promise<Answer> {
  const { perCall, perTask } = call.settings.latency;
  const work = perCall + perTask * tasks.length;
  if (work > 0) await call.settings.sleep(work);
  const fault = faultOf(call, tasks);
  return fault ? fault(call, create, tasks) : create();
}

function faultOf({ store }: Call, tasks: readonly TaskRow[]): Fault | undefined {
  for (const { id, data } of tasks) {
    const asked = data['fault'];
    if (typeof asked !== 'string') continue;
    const name = asked.replace(/-once$/, '');
    if (!Object.hasOwn(faults, name)) continue;
    const event = `${asked} on task ${id}`;
    if (asked.endsWith('-once')) {
      if (store.usedFaults.has(event)) continue;
      store.usedFaults.add(event);
    }
    return faults[name as FaultName];
  }
  return undefined;
}

/** An answer of nginx itself: no envelope, no cookie, no CORS header. */
function gatewayError(status: number, words: string): Answer {
  const raw = new Response(gatewayPage(`${status} ${words}`), {
    status,
    headers: { 'content-type': 'text/html' },
  });
  return { status, raw };
}

/** Sends the status and half of the body, then drops the connection. */
function cutOff({ status, body }: Answer): Answer {
  const bytes = new TextEncoder().encode(writeJson(body));
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(bytes.slice(0, bytes.length / 2)),
    pull: (controller) => controller.error(new ConnectionLost('in the middle of the answer')),
  });
  return { status, body: stream };
}
