import { useEffect, useEffectEvent } from 'react';
import { isAsking } from '#ui/components/inputs/drop-area.tsx';
import { isForField } from '#ui/import/history/use-undo-keys.ts';
import { useBatchActions, useNavigation, useNotices } from './batch-context.tsx';
import { noTextToPaste } from './use-replace-text.ts';

/** A paste that no element handles starts a batch, wherever the focus is; it asks if there is a batch. */
export function usePasteAnywhere() {
  const { view } = useNavigation();
  const { pasteText, askPaste } = useBatchActions();
  const { notify } = useNotices();
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData } = event;
    if (event.defaultPrevented || isTaken(event) || !clipboardData) return;
    const pasted = clipboardData.getData('text/plain');
    const hasOnlyHtml = clipboardData.types.includes('text/html') && clipboardData.files.length === 0;
    if (pasted === '') return hasOnlyHtml ? notify(noTextToPaste) : undefined;
    event.preventDefault();
    if (view === 'start') pasteText(pasted);
    else void askPaste(pasted);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);
}

/** Opens pasted files, wherever the focus is, before an editor or an input takes their names. */
export function usePasteFiles() {
  const { openFiles } = useBatchActions();
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Spreadsheets copy an image along with the text; only the text is wanted.
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain') || isAsking()) return;
    event.preventDefault();
    event.stopPropagation();
    openFiles(files);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener('paste', listen, { capture: true });
    return () => document.removeEventListener('paste', listen, { capture: true });
  }, []);
}

/** WebKit sends `copy` and `paste` outside of fields only to pages that cancel these events. */
export function useClipboardOutsideFields() {
  useEffect(() => {
    const listening = new AbortController();
    const cancel = (event: Event) => isForField(event) || event.preventDefault();
    for (const type of ['beforecopy', 'beforepaste'])
      document.addEventListener(type, cancel, { signal: listening.signal });
    return () => listening.abort();
  }, []);
}

/** True if a field, an editor, the grid or a dialog handles the paste. */
function isTaken(event: ClipboardEvent): boolean {
  const isForDialog = document.querySelector('[role=dialog]') !== null;
  return isForDialog || document.activeElement?.role === 'grid' || isForField(event);
}
