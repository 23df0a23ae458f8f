import { useEffect, useEffectEvent, type RefObject } from 'react';

interface OnClipboard {
  /** What is copied; undefined where there is nothing. */
  copy: () => string | undefined;
  paste: (text: string) => void;
}

/**
 * Copying and pasting while this very element has the focus. Chromium tells whatever element the caret stood in last, or
 * the body, so that only the document hears of all of it.
 */
export function useClipboard(element: RefObject<HTMLElement | null>, { copy, paste }: OnClipboard) {
  const onEvent = useEffectEvent((event: ClipboardEvent) => {
    if (document.activeElement !== element.current || !event.clipboardData) return;
    event.preventDefault();
    if (event.type === 'paste') return paste(event.clipboardData.getData('text/plain'));
    const text = copy();
    if (text !== undefined) event.clipboardData.setData('text/plain', text);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onEvent(event);
    document.addEventListener('copy', listen);
    document.addEventListener('paste', listen);
    return () => {
      document.removeEventListener('copy', listen);
      document.removeEventListener('paste', listen);
    };
  }, []);
}
