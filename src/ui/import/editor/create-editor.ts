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

/** What was typed since it was told last, in places of what is in the editor. */
export interface TypedHere {
  edits: Edit[];
  /** How many there are now; an empty one at the end is none. */
  lines: number;
  /** As far as a thousand characters. */
  firstLine: string;
}

export interface Opening {
  /** Where to put the cursor. */
  startAt: Span | undefined;
  /** Where the text is a part of a larger one. */
  part: { /** The number of its first line. */ firstLine: number } | undefined;
}

/** What the editor tells. */
export interface Outside {
  /** All of the text: of a whole one. */
  onTextChange: (text: string) => void;
  /** What was typed: into a part of a larger one. */
  onTyped: (typed: TypedHere) => void;
  /** Puts a text that is too long for the editor into what it shows. */
  onLongText: (place: Span, words: string) => Promise<void>;
}

/** In UTF-16 code units: an editor that took in more at once would hold up the page. */
const longText = 1_000_000;

/** While somebody types, the whole text leaves the editor this often at most: joining several MB takes its time. */
const pauseMs = 100;

/** Marks what did not come from the person at the keyboard, and so need not be told to the outside. */
const fromOutside = Annotation.define<true>();

/** The editor as it was left: its history, its cursor, what is folded. Another view or screen must not cost them. */
let left: EditorState | undefined;

/**
 * A CodeMirror in a shadow root, where it may adopt its styles: in the document it would need a `<style>` with rules in
 * it, which the page's policy refuses. It keeps the text by itself; the text goes in by `setText` and comes out by what
 * `listen` is given.
 */
export function createEditor(root: ShadowRoot, text: string, { startAt, part }: Opening) {
  const isPart = part !== undefined;
  const before = isPart ? undefined : left;
  const later = createDebounce(pauseMs);
  /** The text as last told to or by the outside. */
  let told = text;
  let typed: ChangeSet | undefined;
  let outside: Outside | undefined;
  /** Where the problems are, moving along with the typing until the next check. */
  let places: Span[] = [];
  let problems: PlacedProblem[] = [];
  let isGone = false;
  let isHandingOver = false;
  let droppedAt: number | undefined;
  let assistance: Assistance | undefined;

  const view = new EditorView({
    root,
    parent: root,
    // What was left may be another part, whose history is none of this one's.
    state: before ?? createState(text, part?.firstLine ?? 1, startAt),
    ...(startAt && {
      scrollTo: EditorView.scrollIntoView(Math.min(startAt.from, text.length), { y: 'center' }),
    }),
    dispatchTransactions(transactions, self) {
      // The paste of what is handed over: it would still take out what is selected.
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
  // In a task of its own, for the page has just drawn the editor in this one.
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
      told = doc.toString();
      return outside?.onTextChange(told);
    }
    if (!typed) return undefined;
    const edits = editsOf(typed);
    typed = undefined;
    const lines = doc.lines - (doc.line(doc.lines).length === 0 ? 1 : 0);
    return outside?.onTyped({ edits, lines, firstLine: doc.line(1).text.slice(0, 1000) });
  }

  /** Whatever is typed until it is there would be put where it does not belong. */
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

  /** As one step of the history, and with the cursor where it was if that is still there. */
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
      if (next === told) return;
      later.flush();
      told = next;
      takeIn(next);
    },

    /** Their places are those of the text last told; while another is on its way, the marks move along with the typing. */
    setProblems(found: PlacedProblem[]) {
      if (later.isWaiting()) return;
      problems = found;
      places = found;
      if (assistance) view.dispatch(assistance.markProblems(view, found));
    },

    select,

    /** Goes to a problem, by its number among those last shown. */
    goTo(problem: number) {
      const place = places[problem];
      if (place) select(place);
    },

    /**
     * Goes to the next problem behind the cursor that is listed, or the one before it, around the end. Gives its number.
     */
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

/** Without it one still edits, and every problem is listed beside the editor; so its failing is not worth a word. */
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

/** Where `assistance.ts` goes when it has come. Until then there is a gutter as wide as its own, so that nothing jumps. */
const assisted = new Compartment();

/** Where the editor says what is handed over instead of being put into it. */
const handedOver = new Compartment();

/**
 * What makes the editor, picked one by one: the usual bundle of everything is 30 kB more. Tab is left alone, so that it
 * leads out of the editor as it leads out of everything else; F8 is the screen's, because it works beside the editor too.
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
    // It can take the focus without, but not everything that looks for what can knows it.
    tabindex: '0',
  }),
  keymap.of([...historyKeymap, ...standardKeymap]),
];
