import type { PlacedProblem } from '#wire/problem.ts';
import { useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import type { PartPosition, TextPart } from '#domain/text/text-window.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { isWhole, windowOf } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { EditorCallbacks, EditorProblem, Span } from './create-editor.ts';
import { JsonEditor, type JsonEditorHandle } from './json-editor.tsx';
import { PartBar } from './part-bar.tsx';

/** Moves through the text, whatever part of it is shown. */
export interface TextEditorHandle {
  select: (place: Span) => void;
  /** Goes to a problem by its index. */
  goTo: (problem: number) => void;
  /** Goes to the next or previous listed problem from the cursor, wrapping around. Gives its index. */
  step: (direction: 1 | -1, isListed: (problem: number) => boolean) => number | undefined;
  /** Reports what was typed now, instead of in a pause. */
  flush: () => void;
}

interface TextEditorProps extends EditorCallbacks {
  text: TextOnScreen;
  /** Moves the window. */
  onShow: (asked: PartPosition) => Promise<void>;
  /** Of an earlier text while `checking`. */
  problems: readonly PlacedProblem[] | undefined;
  checking: boolean;
  /** Where to put the cursor when it opens. */
  startAt: Span | undefined;
  ref: Ref<TextEditorHandle>;
}

const none: PlacedProblem[] = [];

/** The editor of the text's window, and a bar that moves the window unless it is all of the text. */
export function TextEditor(props: TextEditorProps) {
  const { text, problems = none, checking, onTyped, onUndo, onLongText } = props;
  const { inner, target, isAsking, open, goToLine } = useTextWindow(props);
  const { part, length } = text;
  const { from, to } = part;
  // A problem may be after the last character.
  const end = to === length ? Infinity : to;
  const problemsHere = useMemo(() => problemsIn(problems, from, end), [problems, from, end]);
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      {!isWhole(text) && (
        <PartBar
          part={part}
          length={length}
          isAsking={isAsking}
          onEarlier={() => void open({ at: 'earlier', from })}
          onLater={() => void open({ at: 'later', from, to })}
          onLine={(line) => void goToLine(line)}
        />
      )}
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <JsonEditor
          key={windowOf(text)}
          ref={inner}
          text={text}
          problems={checking ? undefined : problemsHere}
          startAt={target && isIn(target, part) ? moved(target, -from) : undefined}
          onTyped={({ edits, ...typed }) =>
            onTyped({ ...typed, edits: edits.map(({ put, ...place }) => ({ ...moved(place, from), put })) })
          }
          onUndo={onUndo}
          onLongText={(place, words) => onLongText(moved(place, from), words)}
        />
      </Box>
    </Box>
  );
}

/** Moves to places of the text, and of its window. */
function useTextWindow({ text, onShow, problems = none, startAt, ref }: TextEditorProps) {
  const engine = useEngine();
  const inner = useRef<JsonEditorHandle>(null);
  const { part } = text;
  const [seen, setSeen] = useState({ edition: text.edition, cursor: part.cursor });
  /** Where the cursor goes when the window moves. */
  const [target, setTarget] = useState(startAt);
  const [isAsking, setAsking] = useState(false);

  // Changed outside the editor, as by undo, which brings a cursor.
  if (seen.edition !== text.edition || seen.cursor !== part.cursor) {
    setSeen({ edition: text.edition, cursor: part.cursor });
    const { cursor } = part;
    if (seen.edition !== text.edition || cursor !== undefined)
      setTarget(cursor === undefined ? undefined : { from: cursor, to: cursor });
  }

  useEffect(() => {
    if (startAt && !isIn(startAt, part)) void open({ at: 'around', place: startAt.from }, startAt);
    // oxlint-disable-next-line react/exhaustive-deps -- Run once on mount; later moves are explicit.
  }, []);

  async function open(asked: PartPosition, place?: Span) {
    inner.current?.flush();
    setTarget(place);
    setAsking(true);
    await onShow(asked);
    setAsking(false);
  }

  function goTo(place: Span) {
    if (isIn(place, part)) inner.current?.select(moved(place, -part.from));
    else void open({ at: 'around', place: place.from }, place);
  }

  async function goToLine(line: number) {
    inner.current?.flush();
    const place = await engine.batch.placeOfLine(line);
    goTo({ from: place, to: place });
  }

  /** Also while it is typed, which moves the problems in the window. */
  function placeOf(problem: number): Span | undefined {
    const here = inner.current?.placeOf(problem);
    return here ? moved(here, part.from) : problems[problem];
  }

  useImperativeHandle(ref, () => ({
    select: goTo,
    flush: () => inner.current?.flush(),
    goTo(problem) {
      const place = placeOf(problem);
      if (place) goTo(place);
    },
    step(direction, isListed) {
      const cursor = part.from + (inner.current?.cursor() ?? 0);
      const listed = problems.flatMap((_, problem) => {
        const place = placeOf(problem);
        return place && isListed(problem) ? [{ place, problem }] : [];
      });
      const next =
        direction === 1
          ? (listed.find(({ place }) => place.from > cursor) ?? listed[0])
          : (listed.findLast(({ place }) => place.from < cursor) ?? listed.at(-1));
      if (next) goTo(next.place);
      return next?.problem;
    },
  }));

  return { inner, target, isAsking, open, goToLine };
}

const isIn = (place: Span, { from, to }: TextPart) => place.from >= from && place.to <= to;

const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });

function problemsIn(problems: readonly PlacedProblem[], from: number, to: number): EditorProblem[] {
  return problems.flatMap((problem, index) =>
    problem.from >= from && problem.from < to
      ? [{ ...problem, ...moved({ from: problem.from, to: Math.min(problem.to, to) }, -from), index }]
      : [],
  );
}
