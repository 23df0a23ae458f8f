import { useEffect, useEffectEvent } from 'react';
import { useBatch, useNavigation, useNotices } from '#ui/import/batch-context.tsx';

/** Undo and redo by keys wherever the focus is, except where a field or an editor has its own. */
export function useUndoKeys() {
  const { undo, redo } = useBatch().history;
  const { appendQuestion, sheetQuestion } = useNotices();
  const { leaveDialog } = useNavigation();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isAsking = appendQuestion ?? sheetQuestion ?? leaveDialog.problems[0];
    if (event.defaultPrevented || isAsking !== undefined || isForField(event)) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const letter = key.toLowerCase();
    if (!(ctrlKey || metaKey) || altKey || !(letter === 'z' || letter === 'y')) return;
    event.preventDefault();
    if (letter === 'y' || shiftKey) redo();
    else undo();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

const notForTyping = new Set(['button', 'checkbox', 'file', 'radio', 'range']);

/** True for an element that takes typed text. */
const isForTyping = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !notForTyping.has(target.type));

/** True for an event of a field or an editor, which may be in a shadow root. */
export function isForField(event: Event): boolean {
  const [target] = event.composedPath();
  return isForTyping(target ?? null) || (target instanceof HTMLElement && target.isContentEditable);
}
