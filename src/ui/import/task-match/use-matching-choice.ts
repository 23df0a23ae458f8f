import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { TaskMatching } from '#domain/match/comparison.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

/** The current task matching, and how to change it. */
export function useMatchingChoice() {
  const { importSettings, history } = useBatch();
  const engine = useEngine();

  async function apply(column: string, matching: TaskMatching) {
    // Columns that named the task lose this target.
    const others = await engine.batch.columnsMappedTo('task-key');
    const cleared = Object.fromEntries(others.map((name) => [name, 'nothing' as const]));
    const columns = { ...importSettings.columns, ...cleared, [column]: 'task-key' as const };
    return history.read({ ...importSettings, columns, matching });
  }

  return { current: currentMatching(importSettings), apply };
}

function currentMatching({ columns = {}, matching }: ImportSettings) {
  if (matching === undefined) return undefined;
  const column = Object.keys(columns).find((name) => columns[name] === 'task-key');
  return column === undefined ? undefined : { column, matching };
}
