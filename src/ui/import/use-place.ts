import { useRef, useState } from 'react';
import type { CheckSummary } from '#domain/check.ts';

export type View = 'json' | 'form';

export interface Span {
  from: number;
  to: number;
}

/** Tables and records are shown as a grid rather than as a form. */
export const isGrid = (checked: CheckSummary | undefined) =>
  checked?.format === 'table' || checked?.format === 'records';

/** The last view, for coming back from another screen. */
let lastView: View = 'json';

/** The view, the entry and the focus of the Import screen. */
export function usePlace(isInGrid: boolean) {
  const summary = useSummaryFocus();
  const projectInput = useRef<HTMLInputElement>(null);
  const [view, setView] = useState(lastView);
  const [startAt, setStartAt] = useState<Span>();
  const [entry, setEntry] = useState(0);

  return {
    view,
    startAt,
    entry,
    summary,
    projectInput,
    setEntry,
    show(next: View, at?: Span) {
      lastView = next;
      setStartAt(at);
      setView(next);
    },
    goToEntry(next: number) {
      // The grid stays mounted for every row; a form gives way to the next one.
      if (isInGrid || next === entry) summary.focus();
      else summary.focusNext();
      setEntry(next);
    },
  };
}

/** A list that appears later than this must not take the focus while the user types. */
const patienceMs = 2000;

/** Focuses the list of problems. A list that isn't rendered yet takes the focus when it mounts. */
function useSummaryFocus() {
  const [summary] = useState(() => {
    let element: HTMLElement | null = null;
    let awaitedUntil = 0;
    const waitForNext = () => {
      awaitedUntil = performance.now() + patienceMs;
    };
    return {
      setElement(next: HTMLElement | null) {
        element = next;
        if (!next || performance.now() > awaitedUntil) return;
        awaitedUntil = 0;
        next.focus();
      },
      focus: () => (element ? element.focus() : waitForNext()),
      /** Focuses the next list, because the visible one is about to unmount. */
      focusNext: waitForNext,
    };
  });
  return summary;
}

export type SummaryFocus = ReturnType<typeof useSummaryFocus>;
