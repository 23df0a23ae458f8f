import { useState } from 'react';
import type { FieldProblem } from '#engine/engine.ts';

/** The question that must be answered before the form is left, while it holds what the text cannot. */
export function useLeave(unwritten: FieldProblem[], onUnwritten: (problems: FieldProblem[]) => void) {
  const [leaving, setLeaving] = useState<() => void>();

  return {
    /** Does what takes the request out of the form, at once where nothing would be lost by it. */
    leave: (go: () => void) => (unwritten.length > 0 ? setLeaving(() => go) : go()),
    dialog: {
      problems: leaving ? unwritten : [],
      onStay: () => setLeaving(undefined),
      onLeave() {
        setLeaving(undefined);
        onUnwritten([]);
        leaving?.();
      },
    },
  };
}
