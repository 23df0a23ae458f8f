import type { TextVersion } from '#wire/text/text-version.ts';
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
import { standardKeymap } from '@codemirror/commands';
import type { Edit } from '#domain/text/source-text.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { Direction, Typing } from '#engine/batch/undo-history.ts';
import { createDebounce } from '#ui/components/debounce.ts';
import { windowOf } from '#ui/state/text-on-screen.ts';
import { differenceOf } from './difference-of.ts';
import { largeTextMode } from './large-text-mode.ts';
import { editorTheme } from './editor-theme.ts';

export interface Span {
  from: number;
  to: number;
}

/** Changes typed since the last report, in positions of the editor’s text. */
export interface EditorChange {
  /** Edition of the text that it was typed into. */
  edition: number;
  edits: Edit[];
  typing: Typing;
}

/** A problem in the window, at positions of the editor's text. */
export interface EditorProblem extends PlacedProblem {
  /** Its number among all problems. */
  index: number;
}

/** Callbacks of the editor. */
export interface EditorCallbacks {
  /** Called with what was typed. Gives the version of the text that has it. */
  onTyped: (typed: EditorChange) => TextVersion | undefined;
  /** Undoes or redoes a step of the batch. */
  onUndo: (way: Direction) => void;
  /** Inserts a text that is too long for the editor. */
  onLongText: (place: Span, words: string) => Promise<void>;
}

/** In UTF-16 code units. Inserting more at once would block the page. */
const longText = 1_000_000;

/** Minimum time between reports while typing, since each draws the screen and copies the engine's text. */
const pauseMs = 100;

/** Marks changes that came from outside and need no report. */
const fromOutside = Annotation.define<true>();

/** The last editor's state, so that cursor and folds survive a change of view or screen, and its window. */
let left: { state: EditorState; window: string } | undefined;

/**
 * A CodeMirror in a shadow root: there it adopts style sheets, while in the document it would need an inline `<style>`,
 * which the page's CSP refuses. The text goes in by `setText` and comes out by the callbacks of `listen`. It has no undo
 * history, since the batch has one.
 */
export function createEditor(root: ShadowRoot, text: TextOnScreen, startAt: Span | undefined) {
  const window = windowOf(text);
  const before = left?.window === window ? left.state : undefined;
  const later = createDebounce(pauseMs);
  /** The version last set or reported. */
  let shown: TextVersion = text;
  let typed: ChangeSet | undefined;
  let callbacks: EditorCallbacks | undefined;
  /** Positions of the problems, mapped through changes until the next check. */
  let places: Span[] = [];
  let problems: EditorProblem[] = [];
  let isGone = false;
  let isHandingOver = false;
  let droppedAt: number | undefined;
  let assistance: Assistance | undefined;

  const view = new EditorView({
    root,
    parent: root,
    state: before ?? createState(text, startAt),
    ...(startAt && {
      scrollTo: EditorView.scrollIntoView(Math.min(startAt.from, text.part.text.length), { y: 'center' }),
    }),
    dispatchTransactions(transactions, self) {
      // Ignores the paste that is being handed over, which would delete the selection.
      if (isHandingOver) return;
      const typedNow = transactions.filter((one) => one.docChanged && one.annotation(fromOutside) !== true);
      const joins = typedNow.every(isTypedSingly);
      // A paste is a step, also right after typing.
      if (!joins) later.flush();
      self.update(transactions);
      for (const one of transactions) if (one.docChanged) places = moved(places, one);
      for (const { changes } of typedNow) typed = typed ? typed.compose(changes) : changes;
      if (typedNow.length > 0) later.call(() => report(joins));
      if (!joins) later.flush();
    },
  });
  view.dispatch({ effects: undoKeys.reconfigure(undoing(takeStep)) });
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
  if (before) takeIn(text);
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

  /** Reports what was typed. True if the text on screen has it, or will have it. */
  function report(joins: boolean): boolean {
    if (!typed) return false;
    const edits = editsOf(typed);
    typed = undefined;
    const version = callbacks?.onTyped({ edition: shown.edition, edits, typing: { at: Date.now(), joins } });
    if (version?.edition === shown.edition) shown = version;
    return version !== undefined;
  }

  function takeStep(way: Direction) {
    later.flush();
    callbacks?.onUndo(way);
    return true;
  }

  /** Passes a long text on. The editor is read-only until then, so that typing can’t go to the wrong place. */
  async function handOver(words: string, place: Span) {
    later.flush();
    view.dispatch({ effects: handedOver.reconfigure(EditorState.readOnly.of(true)) });
    await callbacks?.onLongText(place, words);
    if (isGone) return;
    view.dispatch({ effects: handedOver.reconfigure(keepsLongTextOut) });
  }

  /** Shows the window; the cursor stays unless the text brings one. */
  function takeIn({ part }: TextOnScreen, cursor?: number) {
    const changes = differenceOf(view.state.doc.toString(), part.text);
    if (changes) view.dispatch({ changes, annotations: fromOutside.of(true) });
    if (cursor === undefined) return;
    const anchor = Math.min(cursor - part.from, view.state.doc.length);
    view.dispatch({ selection: { anchor }, scrollIntoView: true });
  }

  function select(place: Span) {
    const selection = selectionAt(place, view.state.doc.length);
    view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.head, { y: 'center' }) });
    view.focus();
  }

  return {
    listen(listener: EditorCallbacks) {
      callbacks = listener;
    },

    /** Shows another version, unless this is the one that it has or an older one. */
    setText(next: TextOnScreen) {
      const isOlder = next.edition === shown.edition && next.typed <= shown.typed;
      if (next.edition < shown.edition || isOlder) return;
      // The version that comes next has this, too.
      if (report(true)) return;
      shown = next;
      takeIn(next, next.part.cursor);
    },

    /** Positions refer to the text last reported; marks move along with later typing. */
    setProblems(found: EditorProblem[]) {
      if (later.isWaiting()) return;
      problems = found;
      places = found;
      if (assistance) view.dispatch(assistance.markProblems(view, found));
    },

    select,

    /** Where a problem is now; undefined if it isn't in the window. */
    placeOf: (problem: number): Span | undefined =>
      places[problems.findIndex(({ index }) => index === problem)],

    cursor: () => view.state.selection.main.head,
    focus: () => view.focus(),
    flush: later.flush,

    destroy() {
      clearTimeout(nextTask);
      later.flush();
      isGone = true;
      left = { state: view.state, window };
      view.destroy();
    },
  };
}

export type Editor = ReturnType<typeof createEditor>;

/** A failed load is ignored: editing works without it, and problems are listed beside the editor. */
const loadAssistance = () => import('./assistance.ts').catch(() => undefined);

type Assistance = NonNullable<Awaited<ReturnType<typeof loadAssistance>>>;

function createState({ part }: TextOnScreen, startAt: Span | undefined) {
  const doc = Text.of(part.text.split(/\r\n?|\n/));
  return EditorState.create({
    doc,
    selection: selectionAt(startAt, doc.length),
    extensions: [extensions(part.firstLine), largeTextMode(doc)],
  });
}

/** True for characters typed or deleted one by one, as opposed to a paste, a drop or a cut. */
const isTypedSingly = (one: Transaction) =>
  (one.isUserEvent('input.type') || one.isUserEvent('delete')) && !one.isUserEvent('delete.cut');

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

/** Holds the handler for pastes that are too long; read-only while one is passed on. */
const handedOver = new Compartment();

/** Holds what leads to the batch's undo and redo. */
const undoKeys = new Compartment();

function undoing(take: (way: Direction) => boolean): Extension {
  const undo = () => take('undo');
  const redo = () => take('redo');
  return [
    keymap.of([
      { key: 'Mod-z', run: undo, preventDefault: true },
      { key: 'Mod-Shift-z', run: redo, preventDefault: true },
      { key: 'Mod-y', run: redo, preventDefault: true },
    ]),
    // From a menu of the browser.
    EditorView.domEventHandlers({
      beforeinput(event) {
        if (event.inputType === 'historyUndo') return undo();
        return event.inputType === 'historyRedo' && redo();
      },
    }),
  ];
}

/**
 * Picked one by one, since CodeMirror's `basicSetup` is 30 kB larger. Tab is unbound, so that it leaves the editor; the
 * screen handles F8, which works outside the editor too.
 */
const extensions = (firstLine: number): Extension => [
  undoKeys.of([]),
  assisted.of(gutter({ class: 'cm-gutter-lint' })),
  handedOver.of([]),
  editorTheme,
  lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
  highlightActiveLine(),
  EditorView.contentAttributes.of({
    'aria-label': 'Batch as JSON',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    // Focusable without it, but some tools find focusable elements by this attribute only.
    tabindex: '0',
  }),
  keymap.of(standardKeymap),
];
