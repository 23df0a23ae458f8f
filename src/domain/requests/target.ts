import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';
import type { Path } from '#wire/problem.ts';

/** The fields that name the tasks of a request. */
export const targetFields: readonly string[] = ['tasks', 'task', 'selected_items'];

/** The target of a request, and the path of its field. */
export type Target =
  | { kind: 'tasks'; ids: readonly Json[]; path: Path }
  | { kind: 'all-except'; excluded: readonly Json[]; path: Path }
  | { kind: 'none' }
  | { kind: 'several'; fields: string[] };

/**
 * Finds the target of a request. Works on invalid requests too, so IDs may be any JSON.
 *
 * The API doesn’t document several targets, so they are reported. `task` alone means one task: the single route needs
 * it, and the bulk route sends it as `tasks`.
 */
export function targetOf(request: JsonObject): Target {
  const { tasks, task, selected_items: selection } = request;
  const given = targetFields.filter((name) => (request[name] ?? null) !== null);
  if (given.length === 0) return { kind: 'none' };
  if (given.length === 2 && Array.isArray(tasks) && tasks.length === 1 && isId(task) && tasks[0] === task) {
    return { kind: 'tasks', ids: tasks, path: ['tasks'] };
  }
  if (given.length > 1) return { kind: 'several', fields: given };
  if (given[0] === 'task') return { kind: 'tasks', ids: [task!], path: ['task'] };
  if (given[0] === 'tasks') return { kind: 'tasks', ids: listOf(tasks), path: ['tasks'] };
  if (!isJsonObject(selection) || selection['all'] !== true) {
    const ids = isJsonObject(selection) ? listOf(selection['included']) : [];
    return { kind: 'tasks', ids, path: ['selected_items', 'included'] };
  }
  return { kind: 'all-except', excluded: listOf(selection['excluded']), path: ['selected_items'] };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
