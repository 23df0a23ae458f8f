import type { PlacedProblem } from '#wire/problem.ts';
import { use, useEffect, useImperativeHandle, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { Editor, Outside, Span, TypedHere } from './create-editor.ts';

export type JsonEditorHandle = Pick<Editor, 'flush' | 'focus' | 'goTo' | 'select' | 'step'>;

export interface JsonEditorProps {
  text: string;
  onTextChange?: (text: string) => void;
  /** Undefined while the check runs. */
  problems: PlacedProblem[] | undefined;
  /** Where to put the cursor when it opens. */
  startAt: Span | undefined;
  /** Inserts a text that is too long for the editor. */
  onLongText: Outside['onLongText'];
  /** Set for a part of a larger text: reports what was typed instead of the whole text. */
  part?: { /** The number of its first line. */ firstLine: number; onTyped: (typed: TypedHere) => void };
  ref: Ref<JsonEditorHandle>;
}

/** CodeMirror is a separate chunk, loaded when the editor is first shown. */
const importModule = () => import('./create-editor.ts');
let module: ReturnType<typeof importModule> | undefined;
const loadModule = () => (module ??= importModule());

/** CodeMirror as a component; suspends until it is loaded. */
export function JsonEditor(props: JsonEditorProps) {
  const { text, onTextChange, problems, startAt, onLongText, part, ref } = props;
  const { createEditor } = use(loadModule());
  const [editor, setEditor] = useState<Editor>();

  const outside: Outside = {
    onTextChange: (next) => onTextChange?.(next),
    onTyped: (typed) => part?.onTyped(typed),
    onLongText,
  };

  // Runs once for each host; the effects below apply later changes.
  function mount(host: HTMLElement) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    let created: Editor | undefined;
    const create = () => {
      created = createEditor(root, text, { startAt, part });
      created.listen(outside);
      setEditor(created);
    };
    // A part without a target is created in a separate task, to keep each task short.
    const timer = part && !startAt ? setTimeout(create) : undefined;
    if (timer === undefined) create();
    return () => {
      clearTimeout(timer);
      created?.destroy();
    };
  }

  useEffect(() => editor?.listen(outside));
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
      flush: () => editor?.flush(),
      focus: () => editor?.focus(),
      goTo: (problem) => editor?.goTo(problem),
      select: (place) => editor?.select(place),
      step: (direction, isListed) => editor?.step(direction, isListed),
    }),
    [editor],
  );

  const [mountOnce] = useState(() => mount);
  return <Box ref={mountOnce} onBlur={() => editor?.flush()} sx={{ height: '100%', minHeight: 0 }} />;
}
