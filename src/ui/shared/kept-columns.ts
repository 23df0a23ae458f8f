import type { ColumnTarget } from '#domain/source/reading.ts';

/** What each column was taken for, by its name. */
type Columns = Record<string, ColumnTarget>;

const keyOf = (server: string, project: number) => `sheaf-columns ${server} ${project}`;

/** What columns were taken for the last time, in this browser and for this project: tables of one project look alike. */
export function readKeptColumns(server: string, project: number): Columns | undefined {
  const kept = storage()?.getItem(keyOf(server, project));
  if (kept === null || kept === undefined) return undefined;
  try {
    const columns: unknown = JSON.parse(kept);
    return isColumns(columns) ? columns : undefined;
  } catch {
    return undefined;
  }
}

export function keepColumns(server: string, project: number, columns: Columns) {
  try {
    storage()?.setItem(keyOf(server, project), JSON.stringify(columns));
  } catch {
    // A full storage costs the memory of it, and nothing else.
  }
}

/** A browser may refuse it altogether. */
function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const target = /^(?:nothing|task|result|(?:field|control):[^]+)$/;

function isColumns(value: unknown): value is Columns {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string' && target.test(one))
  );
}
