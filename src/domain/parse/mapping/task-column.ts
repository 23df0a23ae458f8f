import { isId } from '#wire/bulk-request.ts';
import type { Json } from '#wire/json/json.ts';
import { spelledId } from '#wire/text/spelled-id.ts';
import type { ColumnTarget } from '#domain/parse/import-settings.ts';
import type { Column } from '#domain/parse/columns/records.ts';

/** How clearly a name means task IDs, best first: “Task ID”, “id” as in Label Studio’s exports, “ID”. */
type NameRank = 1 | 2 | 3;

/** Words of names such as “Label Studio task ID”, “task_no” or “LS id”. */
const ofTaskNames = new Set(
  'labelstudio label studio ls task tasks id ids number num no nr pk key the'.split(' '),
);

function rankOf(name: string): NameRank | undefined {
  // A remark in brackets doesn’t describe the content: “Task (required)”.
  const bare = name.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ').trim();
  if (bare === 'id') return 2;
  const words = wordsOf(bare);
  if (words.join() === 'id') return 3;
  const isOfTask = words.includes('task') || words.includes('tasks');
  const isOfServer = /^(?:label ?studio|ls) /.test(words.join(' '));
  return words.every((word) => ofTaskNames.has(word)) && (isOfTask || (isOfServer && words.includes('id')))
    ? 1
    : undefined;
}

/** “taskId”, “task_id” and “TASK ID” have the same words; “taskid” is split, too. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/^(task|ls|labelstudio)(ids?)$/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** True if a column with this name may have task IDs. */
export const isTaskName = (name: string): boolean => rankOf(name) !== undefined;

/**
 * The column whose name clearly means task IDs, out of `open`. Undefined if there is none, or if several have equally
 * good names.
 */
export function findTaskColumn(
  columns: readonly Column[],
  isOpen: (column: number) => boolean,
): number | undefined {
  const named = columns.flatMap(({ name, samples }, column) => {
    const rank = isOpen(column) ? rankOf(name) : undefined;
    return rank === undefined
      ? []
      : [{ column, rank, hasIds: samples.length === 0 || samples.some(isLikeId) }];
  });
  // A column “task” may contain instructions, and “id” the IDs of another tool.
  const withIds = named.filter(({ hasIds }) => hasIds);
  const [best, ...others] = (withIds.length > 0 ? withIds : named.filter(({ rank }) => rank === 1)).toSorted(
    (one, other) => one.rank - other.rank,
  );
  return best !== undefined && others[0]?.rank !== best.rank ? best.column : undefined;
}

/** Names of other IDs and numbers in Label Studio’s exports and Data Manager. */
const ofOtherThings =
  /^(?:inner|annotation|prediction|project|user|annotator|reviewer|parent|file|storage|total|cancelled|updated|completed|created|comment|lead|avg|width|height|original|import|unique|draft)/;

/** Columns that could have task IDs despite their names: those with likely names and most IDs come first. */
export function taskCandidates(columns: readonly Column[], targets: readonly ColumnTarget[]): number[] {
  const found = columns.flatMap(({ name, samples }, column) => {
    const isFree = targets[column] === 'nothing' && samples.length > 0;
    if (!isFree || ofOtherThings.test(wordsOf(name)[0] ?? '') || !samples.every(isLikeId)) return [];
    const distinct = new Set(samples.map(String)).size / samples.length;
    return [{ column, rank: rankOf(name) ?? 4, distinct }];
  });
  return found
    .toSorted((one, other) => one.rank - other.rank || other.distinct - one.distinct)
    .map(({ column }) => column);
}

/** True for a task ID in any spelling. */
function isLikeId(sample: Json): boolean {
  if (typeof sample !== 'string') return isId(sample);
  const text = sample.trim();
  return /^[1-9]\d*$/.test(text) || spelledId(text) !== undefined;
}
