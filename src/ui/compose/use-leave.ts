import { useState } from 'react';
import type { FieldProblem } from '#engine/engine.ts';

/** What the form holds and the text cannot, and the question that must be answered before it is left. */
export function useLeave() {
  const [unwritten, setUnwritten] = useState<FieldProblem[]>([]);
  const [leaving, setLeaving] = useState<() => void>();

  return {
    unwritten,
    setUnwritten,
    /** Does what takes the request out of the form, at once where nothing would be lost by it. */
    leave: (go: () => void) => (unwritten.length > 0 ? setLeaving(() => go) : go()),
    dialog: {
      problems: leaving ? unwritten : [],
      onStay: () => setLeaving(undefined),
      onLeave() {
        setLeaving(undefined);
        setUnwritten([]);
        leaving?.();
      },
    },
  };
}
