import type { Json, JsonObject } from '#sandbox/http/json.ts';
import type { RecordedRequest } from '#sandbox/conformance/exchange.ts';

/* Requests as the app writes them, by name. */

export interface Step extends RecordedRequest {
  name: string;
}

export const CHOICES =
  '<View><Text name="text" value="$text"/><Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>';

const TOKEN = 'Token <legacy>';
export const BEARER = 'Bearer <access>';
export const UUID = 'b5a1c7de-0f7e-5b0a-9d3c-3f6d6f0a7c11';
export const OTHER_UUID = '7d444840-9dc0-5abc-b245-5ffdce74fad2';

/** `POST /api/…` with the legacy token, unless `more` overrides it. */
export function ask(name: string, line: string, body?: Json, more: Partial<RecordedRequest> = {}): Step {
  const [method = '', path = ''] = line.split(/ (.*)/);
  return { name, method, path, authorization: TOKEN, ...(body !== undefined && { body }), ...more };
}

export const region = (id: string, label = 'Good'): JsonObject => ({
  id,
  from_name: 'mood',
  to_name: 'text',
  type: 'choices',
  value: { choices: [label] },
});

/** The app’s request for a project’s tasks. */
export const taskList = (project: number, more: Record<string, string>) =>
  `GET /api/tasks/?${new URLSearchParams({ project: String(project), include: 'id', resolve_uri: 'false', ...more })}`;
export const selecting = (selectedItems: Json, more: Record<string, string> = {}) =>
  taskList(1, { page: '1', page_size: '250', query: JSON.stringify({ selectedItems }), ...more });

/** The task picker’s search. */
export const searching = (project: number, conjunction: string, ...items: [string, string, Json][]) =>
  taskList(project, {
    page: '1',
    page_size: '50',
    include: 'id,data',
    query: JSON.stringify({
      filters: {
        conjunction,
        items: items.map(([column, operator, value]) => ({
          filter: `filter:tasks:${column}`,
          operator,
          type: operator === 'equal' ? 'Number' : 'String',
          value,
        })),
      },
    }),
  });

/** The request that reads annotations back. */
export const exportOf = (project: number, ...ids: number[]) =>
  `GET /api/projects/${project}/export?exportType=JSON&download_all_tasks=true${ids.map((id) => `&ids[]=${id}`).join('')}`;

export const preflightFor = (
  method: string,
  headers = 'authorization,content-type',
): Partial<RecordedRequest> => ({
  authorization: undefined as unknown as string,
  headers: {
    Origin: 'http://localhost:5173',
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': headers,
  },
});
export const crossOrigin: Partial<RecordedRequest> = { headers: { Origin: 'http://localhost:5173' } };
