import { createSandbox } from './handle.ts';
import { readJson, writeJson, type Json, type JsonObject } from './json.ts';
import { emptySandboxUser, sandboxUsers } from './seeds.ts';
import type { SandboxOptions } from './settings.ts';

/** A server for one test and the shortest way to ask it: `await ask('GET /api/tasks/1/')`. */

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body, where it is JSON; reading it of a page fails the test. */
  body: JsonObject;
  list: JsonObject[];
}

export type Ask = (line: string, body?: Json, headers?: Record<string, string>) => Promise<Reply>;

export const [maya, tomas] = sandboxUsers as [(typeof sandboxUsers)[0], (typeof sandboxUsers)[0]];

export const CHOICES =
  '<View><Text name="text" value="$text"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>';

export const region = (label = 'Good', id = 'r1'): JsonObject => ({
  id,
  from_name: 'mood',
  to_name: 'text',
  type: 'choices',
  value: { choices: [label] },
});

/** Text that is no object is sent as it is. */
export function serve(options: Partial<SandboxOptions> = {}) {
  const settings: SandboxOptions = { edition: 'community', data: 'empty', ...options };
  const sandbox = createSandbox(settings);
  const token = settings.data === 'empty' ? emptySandboxUser.legacyToken : maya.legacyToken;

  const send = (line: string, body?: Json, headers: Record<string, string> = {}) => {
    const [method = '', path = ''] = line.split(/ (.*)/);
    const content = typeof body === 'string' || body === undefined ? body : writeJson(body);
    const own = {
      authorization: `Token ${token}`,
      ...(content !== undefined && { 'content-type': 'application/json' }),
    };
    const init = { method, headers: { ...own, ...headers }, ...(content !== undefined && { body: content }) };
    return sandbox.handle(new Request(`http://sandbox${path}`, init));
  };

  const ask: Ask = async (line, body, headers) => {
    const response = await send(line, body, headers);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      get body() {
        return readJson(text) as JsonObject;
      },
      get list() {
        return readJson(text) as JsonObject[];
      },
    };
  };
  return { send, ask };
}

/** An empty server with one project of one choice, and its tasks 1 to `count`. */
export async function withTasks(
  count: number,
  options: Partial<SandboxOptions> = {},
  data: JsonObject[] = [],
) {
  const server = serve(options);
  await server.ask('POST /api/projects/', { title: 'Moods', label_config: CHOICES });
  const tasks = Array.from({ length: count }, (_, at) => ({ text: `task ${at + 1}`, ...data[at] }));
  await server.ask('POST /api/projects/1/import', tasks);
  const exported = async (...ids: number[]) => {
    const query = ids.map((id) => `&ids[]=${id}`).join('');
    const tasksOut = (await server.ask(`GET /api/projects/1/export?download_all_tasks=true${query}`)).list;
    return tasksOut.flatMap((task) => task['annotations'] as JsonObject[]);
  };
  return { ...server, exported };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const legacy = (token: string) => ({ authorization: `Token ${token}` });
