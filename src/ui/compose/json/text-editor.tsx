import { useImperativeHandle, useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { PlacedProblem } from '#domain/problem.ts';
import { figure } from '#ui/shared/numbers.ts';
import type { Span } from './create-editor.ts';
import { JsonEditor, type JsonEditorHandle, type JsonEditorProps } from './json-editor.tsx';
import {
  earlierWindow,
  firstWindow,
  laterWindow,
  lineEndsIn,
  mostShownWhole,
  offsetOfLine,
  windowAround,
  windowFrom,
  type TextWindow,
} from './text-window.ts';

/** The editor for a text of any size: of a large one it shows a part, with ways to all others. */
export function TextEditor(props: Omit<JsonEditorProps, 'part'>) {
  return props.text.length <= mostShownWhole ? <JsonEditor {...props} /> : <EditorOfPart {...props} />;
}

const none: PlacedProblem[] = [];

function EditorOfPart(props: Omit<JsonEditorProps, 'part'>) {
  const { text, onTextChange, problems = none, startAt, ref } = props;
  const inner = useRef<JsonEditorHandle>(null);
  const [view, setView] = useState(() => viewOf(text, startAt));
  const { shown, opens } = view;
  // What was gone to last: the next problem is the one behind it.
  const at = useRef(-1);

  // Changed elsewhere (a fix, an undo, another file): what stood at this place may now be something else.
  if (view.text !== text)
    setView({ text, shown: windowFrom(text, shown.from), opens: opens + 1, startAt: undefined });

  function open(next: TextWindow, place?: Span) {
    const inside = place && { from: place.from - next.from, to: place.to - next.from };
    setView({ text, shown: next, opens: opens + 1, startAt: inside });
  }

  function goTo(place: Span, line?: number) {
    at.current = place.from;
    const isShown = place.from >= shown.from && place.to <= shown.to;
    if (isShown) inner.current?.select({ from: place.from - shown.from, to: place.to - shown.from });
    else open(windowAround(text, place.from, line ?? lineEndsIn(text, 0, place.from) + 1), place);
  }

  function goToLine(line: number) {
    const offset = offsetOfLine(text, line);
    goTo({ from: offset, to: offset }, line);
  }

  useImperativeHandle(ref, () => ({
    focus: () => inner.current?.focus(),
    select: (place) => goTo(place),
    goTo(problem) {
      const place = problems[problem];
      if (place) goTo(place, place.line);
    },
    step(direction, isListed) {
      const listed = problems.flatMap((place, problem) => (isListed(problem) ? [{ place, problem }] : []));
      const next =
        direction === 1
          ? (listed.find(({ place }) => place.from > at.current) ?? listed[0])
          : (listed.findLast(({ place }) => place.from < at.current) ?? listed.at(-1));
      if (next) goTo(next.place, next.place.line);
      return next?.problem;
    },
  }));

  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <PartBar
        text={text}
        shown={shown}
        onEarlier={() => open(earlierWindow(text, shown))}
        onLater={() => open(laterWindow(text, shown))}
        onLine={goToLine}
      />
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <JsonEditor
          key={opens}
          ref={inner}
          part={{ firstLine: shown.firstLine }}
          text={text.slice(shown.from, shown.to)}
          onTextChange={(part) => {
            const next = text.slice(0, shown.from) + part + text.slice(shown.to);
            setView({ ...view, text: next, shown: { ...shown, to: shown.from + part.length } });
            onTextChange(next);
          }}
          problems={problemsIn(problems, shown)}
          startAt={view.startAt}
        />
      </Box>
    </Box>
  );
}

interface View {
  /** The text that the window is one of. */
  text: string;
  shown: TextWindow;
  /** Grows with each window that is opened: each has an editor of its own. */
  opens: number;
  /** Where to put the cursor, inside the window. */
  startAt: Span | undefined;
}

function viewOf(text: string, place: Span | undefined): View {
  if (place === undefined) return { text, shown: firstWindow(text), opens: 0, startAt: undefined };
  const from = Math.min(place.from, text.length);
  const shown = windowAround(text, from, lineEndsIn(text, 0, from) + 1);
  return { text, shown, opens: 0, startAt: { from: from - shown.from, to: place.to - shown.from } };
}

function problemsIn(problems: readonly PlacedProblem[], { from, to }: TextWindow): PlacedProblem[] {
  return problems
    .filter((problem) => problem.from >= from && problem.from < to)
    .map((problem) => ({ ...problem, from: problem.from - from, to: Math.min(problem.to, to) - from }));
}

interface PartBarProps {
  text: string;
  shown: TextWindow;
  onEarlier: () => void;
  onLater: () => void;
  onLine: (line: number) => void;
}

/** Which part is shown, and the ways to the others. */
function PartBar({ text, shown, onEarlier, onLater, onLine }: PartBarProps) {
  const { from, to, firstLine } = shown;
  const [typed, setTyped] = useState('');
  const lastLine = firstLine + lineEndsIn(text, from, to - 1);
  return (
    <Box
      role="group"
      aria-label="Part of the text"
      sx={{
        flex: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 3,
        rowGap: 1,
        px: { xs: 3, sm: 4 },
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        typography: 'body2',
      }}
    >
      <Box role="status" sx={{ flex: '1 1 260px' }}>
        Lines {figure(firstLine)}–{figure(lastLine)} of a large text, {share(shown, text)} of it.{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          All of it is checked and sent.
        </Box>
      </Box>
      <Button size="small" onClick={onEarlier} disabled={from === 0}>
        Earlier
      </Button>
      <Button size="small" onClick={onLater} disabled={to === text.length}>
        Later
      </Button>
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          const line = Number(typed);
          if (Number.isInteger(line) && line > 0) onLine(line);
        }}
        sx={{ display: 'flex', gap: 2 }}
      >
        <OutlinedInput
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          inputMode="numeric"
          placeholder="Line"
          slotProps={{ input: { 'aria-label': 'Line to go to' } }}
          sx={{ width: '7rem' }}
        />
        <Button size="small" type="submit">
          Go
        </Button>
      </Box>
    </Box>
  );
}

function share({ from, to }: TextWindow, text: string): string {
  const percent = ((to - from) / text.length) * 100;
  return percent < 1 ? 'less than 1 %' : `${Math.round(percent)} %`;
}
