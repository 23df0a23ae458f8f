import { useState } from 'react';

/** Longer than this a list that comes was not waited for, and must not take the focus from whoever types. */
const patienceMs = 2000;

/**
 * Leads to the list of what is wrong. In the form it may belong to another request, which is not there yet when it is
 * asked for; then it takes the focus as it comes.
 */
export function useSummaryFocus() {
  const [summary] = useState(() => {
    let element: HTMLElement | null = null;
    let awaitedUntil = 0;
    const waitForNext = () => {
      awaitedUntil = performance.now() + patienceMs;
    };
    return {
      ref(next: HTMLElement | null) {
        element = next;
        if (!next || performance.now() > awaitedUntil) return;
        awaitedUntil = 0;
        next.focus();
      },
      focus: () => (element ? element.focus() : waitForNext()),
      /** For the next one: the one on screen is about to go. */
      focusNext: waitForNext,
    };
  });
  return summary;
}
