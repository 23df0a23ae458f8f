import { use, useEffect, useImperativeHandle, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { PlacedProblem } from '#domain/problem.ts';
import type { Editor, Part, Span } from './create-editor.ts';

export type JsonEditorHandle = Pick<Editor, 'focus' | 'goTo' | 'select' | 'step'>;

export interface JsonEditorProps {
  text: string;
  onTextChange: (text: string) => void;
  /** Undefined while they are being looked for. */
  problems: PlacedProblem[] | undefined;
  /** Where to put the cursor when it opens. */
  startAt: Span | undefined;
  /** Where it is a part of a larger text: the number of its first line. */
  part?: Part;
  ref: Ref<JsonEditorHandle>;
}

/** CodeMirror comes in a chunk of its own, asked for when the editor is first shown. */
const importModule = () => import('./create-editor.ts');
let module: ReturnType<typeof importModule> | undefined;
const loadModule = () => (module ??= importModule());

/** CodeMirror as a component; suspends until it is there. */
export function JsonEditor({ text, onTextChange, problems, startAt, part, ref }: JsonEditorProps) {
  const { createEditor } = use(loadModule());
  const [editor, setEditor] = useState<Editor>();

  // Runs once for each host: what changes later goes in through the effects below.
  function mount(host: HTMLElement) {
    const created = createEditor(host.shadowRoot ?? host.attachShadow({ mode: 'open' }), text, part);
    created.listen(onTextChange);
    if (startAt) created.select(startAt);
    setEditor(created);
    return () => created.destroy();
  }

  useEffect(() => editor?.listen(onTextChange), [editor, onTextChange]);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => {
    if (problems) editor?.setProblems(problems);
  }, [editor, problems]);

  useImperativeHandle(
    ref,
    () => ({
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
