import { createSandbox } from './handle.ts';
import { readJson, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import { emptySandboxUser, sandboxUsers } from '#sandbox/data/seeds.ts';
import type { SandboxOptions } from '#sandbox/data/settings.ts';

/** A sandbox for one test and a short client for it: `await ask('GET /api/tasks/1/')`. */

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; reading it throws for an HTML page. */
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

export type Server = ReturnType<typeof createSpecClient>;

/** A string body is sent unchanged. */
export function createSpecClient(
  base: string,
  token: string,
  fetch: (request: Request) => Promise<Response>,
) {
  const send = (line: string, body?: Json, headers: Record<string, string> = {}) => {
    const [method = '', path = ''] = line.split(/ (.*)/);
    const content = typeof body === 'string' || body === undefined ? body : writeJson(body);
    const own = {
      authorization: `Token ${token}`,
      ...(content !== undefined && { 'content-type': 'application/json' }),
    };
    const init = { method, headers: { ...own, ...headers }, ...(content !== undefined && { body: content }) };
    return fetch(new Request(`${base}${path}`, init));
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

export function serve(options: Partial<SandboxOptions> = {}) {
  const settings: SandboxOptions = { edition: 'community', data: 'empty', ...options };
  const sandbox = createSandbox(settings);
  const token = settings.data === 'empty' ? emptySandboxUser.legacyToken : maya.legacyToken;
  return createSpecClient('http://sandbox', token, (request) => sandbox.handle(request));
}

/** An empty server with one project, which has one `Choices` control and tasks 1 to `count`. */
export async function withTasks(
  count: number,
  options: Partial<SandboxOptions> = {},
  data: JsonObject[] = [],
) {
  const server = serve(options);
  const { project } = await newProject(server, count, data);
  return { ...server, exported: (...ids: number[]) => exported(server, project, ids) };
}

/** Creates a project with one `Choices` control and returns its task ids. */
export async function newProject(
  { ask }: Server,
  count: number,
  data: JsonObject[] = [],
  title: string = 'Moods',
) {
  const made = await ask('POST /api/projects/', { title, label_config: CHOICES });
  const project = made.body['id'] as number;
  const content = Array.from({ length: count }, (_, at) => ({ text: `task ${at + 1}`, ...data[at] }));
  const imported = await ask(`POST /api/projects/${project}/import?return_task_ids=true`, content);
  return { project, tasks: imported.body['task_ids'] as number[] };
}

/** All annotations of these tasks by task and ID, from the export, which has no order on PostgreSQL. */
export async function exported({ ask }: Server, project: number, tasks: number[]): Promise<JsonObject[]> {
  const query = tasks.map((id) => `&ids[]=${id}`).join('');
  const answer = await ask(`GET /api/projects/${project}/export?download_all_tasks=true${query}`);
  if (answer.status !== 200) throw new Error(`The export failed with ${answer.status}: ${answer.text}`);
  const annotations = answer.list.flatMap((task) => task['annotations'] as JsonObject[]);
  return annotations.toSorted(
    (one, other) => Number(one['task']) - Number(other['task']) || Number(one['id']) - Number(other['id']),
  );
}

/** A personal access token. A user can have only one valid token, so the others are revoked. */
export async function newPersonalToken({ ask }: Server): Promise<string> {
  // The list has no signatures, and revoking needs none.
  for (const { token } of (await ask('GET /api/token/')).list)
    await ask('POST /api/token/blacklist/', { refresh: `${token as string}.` });
  return (await ask('POST /api/token/')).body['token'] as string;
}

export async function accessTokenFor({ ask }: Server, personal: string): Promise<string> {
  return (await ask('POST /api/token/refresh/', { refresh: personal })).body['access'] as string;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const legacy = (token: string) => ({ authorization: `Token ${token}` });
