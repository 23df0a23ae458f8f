import type { PlacedProblem } from '#wire/problem.ts';
import { use, useEffect, useImperativeHandle, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { Editor, Outside, Span, TypedHere } from './create-editor.ts';

export type JsonEditorHandle = Pick<Editor, 'flush' | 'focus' | 'goTo' | 'select' | 'step'>;

export interface JsonEditorProps {
  text: string;
  onTextChange?: (text: string) => void;
  /** Undefined while they are being looked for. */
  problems: PlacedProblem[] | undefined;
  /** Where to put the cursor when it opens. */
  startAt: Span | undefined;
  /** Puts a text that is too long for the editor into what it shows. */
  onLongText: Outside['onLongText'];
  /** Where it is a part of a larger text: what was typed is told, rather than what it is then. */
  part?: { /** The number of its first line. */ firstLine: number; onTyped: (typed: TypedHere) => void };
  ref: Ref<JsonEditorHandle>;
}

/** CodeMirror comes in a chunk of its own, asked for when the editor is first shown. */
const importModule = () => import('./create-editor.ts');
let module: ReturnType<typeof importModule> | undefined;
const loadModule = () => (module ??= importModule());

/** CodeMirror as a component; suspends until it is there. */
export function JsonEditor(props: JsonEditorProps) {
  const { text, onTextChange, problems, startAt, onLongText, part, ref } = props;
  const { createEditor } = use(loadModule());
  const [editor, setEditor] = useState<Editor>();

  const outside: Outside = {
    onTextChange: (next) => onTextChange?.(next),
    onTyped: (typed) => part?.onTyped(typed),
    onLongText,
  };

  // Runs once for each host: what changes later goes in through the effects below.
  function mount(host: HTMLElement) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    let created: Editor | undefined;
    const create = () => {
      created = createEditor(root, text, { startAt, part });
      created.listen(outside);
      setEditor(created);
    };
    // A part that nobody waits for with a hand on the keys has a task of its own, so that none is long.
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
    if (problems) editor?.setProblems(problems);
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
