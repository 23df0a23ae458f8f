import type { PlacedProblem } from '#wire/problem.ts';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import Box from '@mui/material/Box';
import type { PartAsked, TextPart } from '#domain/text/text-window.ts';
import type { LargeText, TextOnScreen } from '#engine/batch/batch-text.ts';
import { wholeText } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { Typed } from '#ui/state/workbench.ts';
import type { Span, TypedHere } from './create-editor.ts';
import { JsonEditor, type JsonEditorHandle, type JsonEditorProps } from './json-editor.tsx';
import { PartBar } from './part-bar.tsx';

interface TextEditorProps extends Pick<JsonEditorProps, 'problems' | 'startAt' | 'onLongText' | 'ref'> {
  text: TextOnScreen;
  onTextChange: (text: TextOnScreen) => void;
  onTyped: (typed: Typed) => void;
}

/** The editor for a text of any size; it shows one part of a large text at a time. */
export function TextEditor({ text, onTextChange, onTyped, ...props }: TextEditorProps) {
  return text.size === 'small' ? (
    <JsonEditor {...props} text={text.text} onTextChange={(words) => onTextChange(wholeText(words))} />
  ) : (
    <EditorOfPart {...props} text={text} onTyped={onTyped} />
  );
}

interface EditorOfPartProps extends Pick<JsonEditorProps, 'problems' | 'startAt' | 'onLongText' | 'ref'> {
  text: LargeText;
  onTyped: (typed: Typed) => void;
}

interface View {
  /** Edition of the text that the part belongs to. */
  edition: number;
  /** The part as it was opened; its end moves with typing. */
  part: TextPart;
  /** Number of the last visible line. */
  lastLine: number;
  /** Increases with each opened part; used as the editor's key. */
  opens: number;
  /** Where to put the cursor, inside the part. */
  startAt: Span | undefined;
}

const none: PlacedProblem[] = [];

/** The engine holds the text: it returns the visible part and receives what is typed into it. */
function EditorOfPart({ problems = none, onLongText, ...props }: EditorOfPartProps) {
  const { view, inner, isAsking, open, goToLine, takeTyped } = useTextPart({ problems, ...props });
  const { text } = props;
  if (view === undefined) {
    return (
      <Box sx={{ p: 4 }}>
        <Waiting>Reading the text …</Waiting>
      </Box>
    );
  }
  const { part, lastLine, opens } = view;
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <PartBar
        part={part}
        lastLine={lastLine}
        length={text.length}
        isAsking={isAsking}
        onEarlier={() => void open({ at: 'earlier', from: part.from })}
        onLater={() => void open({ at: 'later', from: part.from, to: part.to })}
        onLine={(line) => void goToLine(line)}
      />
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <JsonEditor
          key={opens}
          ref={inner}
          part={{ firstLine: part.firstLine, onTyped: (typed) => takeTyped(typed, view) }}
          text={part.text}
          problems={problemsIn(problems, part)}
          startAt={view.startAt}
          onLongText={({ from, to }, words) =>
            onLongText({ from: part.from + from, to: part.from + to }, words)
          }
        />
      </Box>
    </Box>
  );
}

/** The visible part of a large text, and moves to its other parts. */
function useTextPart({
  text,
  onTyped,
  problems = none,
  startAt,
  ref,
}: Omit<EditorOfPartProps, 'onLongText'>) {
  const engine = useEngine();
  const inner = useRef<JsonEditorHandle>(null);
  const [edition, setEdition] = useState(text.edition);
  const [view, setView] = useState(() => viewAtFirst(text, startAt));
  const [isAsking, setAsking] = useState(false);
  // Index of the problem last visited.
  const at = useRef(-1);
  const turns = useRef(0);
  const isGone = useRef(false);
  const changes = useRef(0);

  // Changed outside the editor (a fix, an undo, a file): the part may be outdated.
  if (edition !== text.edition) {
    setEdition(text.edition);
    if (view?.edition !== text.edition) setView(viewOf(text.edition, text.part, cursorIn(text.part), view));
  }

  // Returning to a text reopens the last part with its current content.
  const [askedFirst] = useState<PartAsked>(() =>
    startAt ? { at: 'around', place: startAt.from } : { at: 'from', place: text.part.from },
  );
  useEffect(() => {
    isGone.current = false;
    if (view === undefined) void open(askedFirst, startAt);
    return () => {
      isGone.current = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- Run once on mount; later opens are explicit.
  }, []);

  async function open(asked: PartAsked, place?: Span) {
    turns.current += 1;
    const turn = turns.current;
    setAsking(true);
    for (;;) {
      inner.current?.flush();
      const typedBefore = changes.current;
      const { edition: of, part } = await engine.batch.textPart(asked);
      if (isGone.current || turn !== turns.current) return;
      inner.current?.flush();
      // Typing may have moved the requested place.
      if (typedBefore !== changes.current) continue;
      const inside = place && { from: place.from - part.from, to: place.to - part.from };
      setView((before) => viewOf(of, part, inside, before));
      setAsking(false);
      return;
    }
  }

  function goTo(place: Span) {
    at.current = place.from;
    const part = view?.part;
    const isShown = part !== undefined && place.from >= part.from && place.to <= part.to;
    if (isShown) inner.current?.select({ from: place.from - part.from, to: place.to - part.from });
    else void open({ at: 'around', place: place.from }, place);
  }

  async function goToLine(line: number) {
    inner.current?.flush();
    const place = await engine.batch.placeOfLine(line);
    goTo({ from: place, to: place });
  }

  function takeTyped({ edits, lines, firstLine }: TypedHere, { edition: of, part, opens: mine }: View) {
    changes.current += 1;
    onTyped({
      edition: of,
      edits: edits.map(({ from, to, put }) => ({ from: part.from + from, to: part.from + to, put })),
      firstLine: part.from === 0 ? firstLine : undefined,
    });
    const more = edits.reduce((sum, { from, to, put }) => sum + put.length - (to - from), 0);
    setView((now) =>
      now?.opens === mine
        ? {
            ...now,
            part: { ...now.part, to: now.part.to + more },
            lastLine: now.part.firstLine + lines - 1,
          }
        : now,
    );
  }

  useImperativeHandle(ref, () => ({
    focus: () => inner.current?.focus(),
    flush: () => inner.current?.flush(),
    select: (place) => goTo(place),
    goTo(problem) {
      const place = problems[problem];
      if (place) goTo(place);
    },
    step(direction, isListed) {
      const listed = problems.flatMap((place, problem) => (isListed(problem) ? [{ place, problem }] : []));
      const next =
        direction === 1
          ? (listed.find(({ place }) => place.from > at.current) ?? listed[0])
          : (listed.findLast(({ place }) => place.from < at.current) ?? listed.at(-1));
      if (next) goTo(next.place);
      return next?.problem;
    },
  }));

  return { view, inner, isAsking, open, goToLine, takeTyped };
}

/** The part that came with the text, unless another one is requested or it has changed since. */
function viewAtFirst(text: LargeText, startAt: Span | undefined): View | undefined {
  if (startAt || text.typed > 0) return undefined;
  return viewOf(text.edition, text.part, cursorIn(text.part));
}

function viewOf(edition: number, part: TextPart, startAt: Span | undefined, before?: View): View {
  const lastLine = part.firstLine + lineEndsIn(part.text.slice(0, -1));
  return { edition, part, lastLine, opens: (before?.opens ?? 0) + 1, startAt };
}

const cursorIn = ({ cursor, from }: TextPart): Span | undefined =>
  cursor === undefined ? undefined : { from: cursor - from, to: cursor - from };

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function problemsIn(problems: readonly PlacedProblem[], { from, to }: TextPart): PlacedProblem[] {
  return problems
    .filter((problem) => problem.from >= from && problem.from < to)
    .map((problem) => ({ ...problem, from: problem.from - from, to: Math.min(problem.to, to) - from }));
}
