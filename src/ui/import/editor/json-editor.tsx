import { use, useEffect, useImperativeHandle, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Editor, EditorCallbacks, EditorProblem, Span } from './create-editor.ts';

export type JsonEditorHandle = Pick<Editor, 'cursor' | 'flush' | 'focus' | 'placeOf' | 'select'>;

interface JsonEditorProps extends EditorCallbacks {
  /** The editor shows its window. */
  text: TextOnScreen;
  /** Undefined while the check runs. */
  problems: EditorProblem[] | undefined;
  /** Where to put the cursor when it opens. */
  startAt: Span | undefined;
  ref: Ref<JsonEditorHandle>;
}

/** CodeMirror is a separate chunk, loaded when the editor is first shown. */
const importModule = () => import('./create-editor.ts');
let module: ReturnType<typeof importModule> | undefined;
const loadModule = () => (module ??= importModule());

/** CodeMirror as a component; suspends until it is loaded. */
export function JsonEditor(props: JsonEditorProps) {
  const { text, problems, startAt, onTyped, onUndo, onLongText, ref } = props;
  const { createEditor } = use(loadModule());
  const [editor, setEditor] = useState<Editor>();

  const callbacks: EditorCallbacks = { onTyped, onUndo, onLongText };

  // Runs once for each host; the effects below apply later changes.
  function mount(host: HTMLElement) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    let created: Editor | undefined;
    // A separate task, to keep each task short.
    const timer = setTimeout(() => {
      created = createEditor(root, text, startAt);
      created.listen(callbacks);
      setEditor(created);
    });
    return () => {
      clearTimeout(timer);
      created?.destroy();
    };
  }

  useEffect(() => editor?.listen(callbacks));
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => {
    if (!editor || !problems) return undefined;
    // A separate task, because this commit has also drawn what else the check found.
    const timer = setTimeout(() => editor.setProblems(problems));
    return () => clearTimeout(timer);
  }, [editor, problems]);

  useImperativeHandle(
    ref,
    () => ({
      cursor: () => editor?.cursor() ?? 0,
      flush: () => editor?.flush(),
      focus: () => editor?.focus(),
      placeOf: (problem) => editor?.placeOf(problem),
      select: (place) => editor?.select(place),
    }),
    [editor],
  );

  const [mountOnce] = useState(() => mount);
  return <Box ref={mountOnce} onBlur={() => editor?.flush()} sx={{ height: '100%', minHeight: 0 }} />;
}
