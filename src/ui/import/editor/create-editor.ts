import type { PlacedProblem } from '#wire/problem.ts';
import {
  Annotation,
  EditorState,
  Text,
  type ChangeSet,
  type Transaction,
  Compartment,
  type Extension,
} from '@codemirror/state';
import { EditorView, gutter, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import type { Edit } from '#domain/text/source-text.ts';
import { createDebounce } from '#ui/components/debounce.ts';
import { differenceOf } from './difference-of.ts';
import { suitedToSize } from './suited-to-size.ts';
import { editorTheme } from './editor-theme.ts';

export interface Span {
  from: number;
  to: number;
}

/** Changes typed since the last report, in positions of the editor’s text. */
export interface TypedHere {
  edits: Edit[];
  /** The current number of lines, without an empty last one. */
  lines: number;
  /** Cut after a thousand characters. */
  firstLine: string;
}

export interface Opening {
  /** Where to put the cursor. */
  startAt: Span | undefined;
  /** Set if the text is a part of a larger one. */
  part: { /** The number of its first line. */ firstLine: number } | undefined;
}

/** Callbacks of the editor. */
export interface Outside {
  /** Called with the whole text, unless the editor shows a part. */
  onTextChange: (text: string) => void;
  /** Called with changes typed into a part. */
  onTyped: (typed: TypedHere) => void;
  /** Inserts a text that is too long for the editor. */
  onLongText: (place: Span, words: string) => Promise<void>;
}

/** In UTF-16 code units. Inserting more at once would block the page. */
const longText = 1_000_000;

/** Minimum time between reports of the whole text while typing: joining several MB is slow. */
const pauseMs = 100;

/** Marks changes that came from outside and need no report. */
const fromOutside = Annotation.define<true>();

/** The last editor's state, so that history, cursor and folds survive a change of view or screen. */
let left: EditorState | undefined;

/**
 * A CodeMirror in a shadow root: there it adopts style sheets, while in the document it would need an inline `<style>`,
 * which the page's CSP refuses. The text goes in by `setText` and comes out by the callbacks of `listen`.
 */
export function createEditor(root: ShadowRoot, text: string, { startAt, part }: Opening) {
  const isPart = part !== undefined;
  const before = isPart ? undefined : left;
  const later = createDebounce(pauseMs);
  /** The text last set or reported. */
  let reported = text;
  let typed: ChangeSet | undefined;
  let outside: Outside | undefined;
  /** Positions of the problems, mapped through changes until the next check. */
  let places: Span[] = [];
  let problems: PlacedProblem[] = [];
  let isGone = false;
  let isHandingOver = false;
  let droppedAt: number | undefined;
  let assistance: Assistance | undefined;

  const view = new EditorView({
    root,
    parent: root,
    // The last state may be of another part, whose history doesn't apply here.
    state: before ?? createState(text, part?.firstLine ?? 1, startAt),
    ...(startAt && {
      scrollTo: EditorView.scrollIntoView(Math.min(startAt.from, text.length), { y: 'center' }),
    }),
    dispatchTransactions(transactions, self) {
      // Ignores the paste that is being handed over, which would delete the selection.
      if (isHandingOver) return;
      self.update(transactions);
      for (const one of transactions) {
        if (!one.docChanged) continue;
        places = moved(places, one);
        if (isPart) typed = typed ? typed.compose(one.changes) : one.changes;
      }
      const isTyped = transactions.some((one) => one.docChanged && one.annotation(fromOutside) !== true);
      if (isTyped) later.call(tell);
    },
  });
  const keepsLongTextOut = [
    EditorView.clipboardInputFilter.of((words) => {
      if (words.length <= longText) return words;
      const { from, to } = view.state.selection.main;
      const place = droppedAt === undefined ? { from, to } : { from: droppedAt, to: droppedAt };
      isHandingOver = true;
      queueMicrotask(() => {
        isHandingOver = false;
        void handOver(words, place);
      });
      return '';
    }),
    EditorView.domEventObservers({
      drop(event) {
        droppedAt = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
        queueMicrotask(() => (droppedAt = undefined));
      },
    }),
  ];
  if (!isPart) takeIn(text);
  if (startAt && before) select(startAt);
  else if (startAt) view.focus();
  // A separate task, because this one has just drawn the editor.
  const nextTask = setTimeout(() => void loadAssistance().then(assist));

  function assist(help: Assistance | undefined) {
    if (isGone) return;
    view.dispatch({
      effects: [
        handedOver.reconfigure(keepsLongTextOut),
        ...(help ? [assisted.reconfigure(help.assistance)] : []),
      ],
    });
    assistance = help;
    if (help && !later.isWaiting()) view.dispatch(help.markProblems(view, problems));
  }

  function tell() {
    const { doc } = view.state;
    if (!isPart) {
      reported = doc.toString();
      return outside?.onTextChange(reported);
    }
    if (!typed) return undefined;
    const edits = editsOf(typed);
    typed = undefined;
    const lines = doc.lines - (doc.line(doc.lines).length === 0 ? 1 : 0);
    return outside?.onTyped({ edits, lines, firstLine: doc.line(1).text.slice(0, 1000) });
  }

  /** Passes a long text outside. The editor is read-only until then, so that typing can’t go to the wrong place. */
  async function handOver(words: string, place: Span) {
    later.flush();
    const behind = view.state.doc.length - place.to;
    view.dispatch({ effects: handedOver.reconfigure(EditorState.readOnly.of(true)) });
    await outside?.onLongText(place, words);
    if (isGone) return;
    view.dispatch({
      effects: handedOver.reconfigure(keepsLongTextOut),
      selection: { anchor: view.state.doc.length - behind },
      scrollIntoView: true,
    });
  }

  /** Replaces the text as one undo step and keeps the cursor if its place still exists. */
  function takeIn(next: string) {
    const changes = differenceOf(view.state.doc.toString(), next);
    if (changes) view.dispatch({ changes, annotations: fromOutside.of(true), userEvent: 'input' });
  }

  function select(place: Span) {
    const selection = selectionAt(place, view.state.doc.length);
    view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.head, { y: 'center' }) });
    view.focus();
  }

  return {
    listen(listener: Outside) {
      outside = listener;
    },

    setText(next: string) {
      if (next === reported) return;
      later.flush();
      reported = next;
      takeIn(next);
    },

    /** Positions refer to the text last reported; marks move along with later typing. */
    setProblems(found: PlacedProblem[]) {
      if (later.isWaiting()) return;
      problems = found;
      places = found;
      if (assistance) view.dispatch(assistance.markProblems(view, found));
    },

    select,

    /** Goes to a problem by its index in the last `setProblems`. */
    goTo(problem: number) {
      const place = places[problem];
      if (place) select(place);
    },

    /** Goes to the next or previous listed problem from the cursor, wrapping around. Gives its index. */
    step(direction: 1 | -1, isListed: (problem: number) => boolean): number | undefined {
      const listed = places.flatMap((place, problem) => (isListed(problem) ? [{ ...place, problem }] : []));
      if (listed.length === 0) return undefined;
      const { head } = view.state.selection.main;
      const found =
        direction === 1 ? listed.find(({ from }) => from > head) : listed.findLast(({ from }) => from < head);
      const around = direction === 1 ? listed[0]! : listed.at(-1)!;
      const next = found ?? around;
      select(next);
      return next.problem;
    },

    focus: () => view.focus(),
    flush: later.flush,

    destroy() {
      clearTimeout(nextTask);
      later.flush();
      isGone = true;
      left = isPart ? undefined : view.state;
      view.destroy();
    },
  };
}

export type Editor = ReturnType<typeof createEditor>;

/** A failed load is ignored: editing works without it, and problems are listed beside the editor. */
const loadAssistance = () => import('./assistance.ts').catch(() => undefined);

type Assistance = NonNullable<Awaited<ReturnType<typeof loadAssistance>>>;

function createState(text: string, firstLine: number, startAt: Span | undefined) {
  const doc = Text.of(text.split(/\r\n?|\n/));
  return EditorState.create({
    doc,
    selection: selectionAt(startAt, doc.length),
    extensions: [extensions(firstLine), suitedToSize(doc)],
  });
}

function selectionAt(place: Span | undefined, length: number) {
  const { from, to } = place ?? { from: 0, to: 0 };
  return { anchor: Math.min(Math.max(from, to), length), head: Math.min(from, length) };
}

function editsOf(changes: ChangeSet): Edit[] {
  const edits: Edit[] = [];
  changes.iterChanges((from, to, _from, _to, put) => edits.push({ from, to, put: put.toString() }));
  return edits;
}

function moved(places: Span[], { changes }: Transaction): Span[] {
  return places.map(({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }));
}

/** Holds `assistance.ts` once loaded; until then a gutter of the same width, so that nothing jumps. */
const assisted = new Compartment();

/** Holds the handler for pastes that are too long; read-only while one is passed outside. */
const handedOver = new Compartment();

/**
 * Picked one by one, since CodeMirror's `basicSetup` is 30 kB larger. Tab is unbound, so that it leaves the editor; the
 * screen handles F8, which works outside the editor too.
 */
const extensions = (firstLine: number): Extension => [
  assisted.of(gutter({ class: 'cm-gutter-lint' })),
  handedOver.of([]),
  editorTheme,
  lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
  history(),
  highlightActiveLine(),
  EditorView.contentAttributes.of({
    'aria-label': 'Batch as JSON',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    // Focusable without it, but some tools find focusable elements by this attribute only.
    tabindex: '0',
  }),
  keymap.of([...historyKeymap, ...standardKeymap]),
];
