/** Sees to it that only one tab of this browser works on a project, and only one writes the journal of a run. */
export interface RunLocks {
  /** Takes all of these locks, or none. `lost` is aborted if they can no longer be held. */
  acquire(
    names: string[],
    holder: { runId: string },
  ): Promise<{ release(): void; lost: AbortSignal } | { heldBy: { runId: string } }>;
}

/** Locks of one page alone, for specs. */
export function memoryLocks(): RunLocks {
  const held = new Map<string, { runId: string }>();
  return {
    async acquire(names, holder) {
      for (const name of names) {
        const heldBy = held.get(name);
        if (heldBy) return { heldBy };
      }
      for (const name of names) held.set(name, holder);
      return {
        release: () => names.forEach((name) => held.delete(name)),
        lost: new AbortController().signal,
      };
    },
  };
}
