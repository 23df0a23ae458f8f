import { useState } from 'react';

/**
 * Leads to the list of what is wrong. In the form it may belong to another request, which is not there yet when it is
 * asked for; then it takes the focus as it comes.
 */
export function useSummaryFocus() {
  const [summary] = useState(() => {
    let element: HTMLElement | null = null;
    let isAwaited = false;
    return {
      ref(next: HTMLElement | null) {
        element = next;
        if (isAwaited) next?.focus();
        isAwaited = isAwaited && next === null;
      },
      focus() {
        isAwaited = element === null;
        element?.focus();
      },
      /** For the next one: the one on screen is about to go. */
      focusNext() {
        isAwaited = true;
      },
    };
  });
  return summary;
}
