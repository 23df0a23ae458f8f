import { Annotation, EditorState, Text, type Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { PlacedProblem } from '#domain/problem.ts';
import { createLater } from '../later.ts';
import { differenceOf } from './difference-of.ts';
import { assisted, extensions } from './extensions.ts';
import { suitedToSize } from './suited-to-size.ts';

export interface Span {
  from: number;
  to: number;
}

/** What is shown of a larger text. */
export interface Part {
  /** The number of its first line. */
  firstLine: number;
}

/** While somebody types, the whole text leaves the editor this often at most: joining several MB takes its time. */
const pauseMs = 100;

/** Marks what did not come from the person at the keyboard, and so need not be told to the outside. */
const fromOutside = Annotation.define<true>();

/** The editor as it was left: its history, its cursor, what is folded. Another view or screen must not cost them. */
let left: EditorState | undefined;

/**
 * A CodeMirror in a shadow root, where it may adopt its styles: in the document it would need a `<style>` with rules in
 * it, which the page's policy refuses. It keeps the text by itself; the text goes in by `setText` and comes out by
 * `onTextChange`.
 */
export function createEditor(root: ShadowRoot, text: string, part?: Part) {
  const later = createLater(pauseMs);
  /** The text as last told to or by the outside. */
  let told = text;
  let onTextChange: (text: string) => void = () => undefined;
  /** Where the problems are, moving along with the typing until the next check. */
  let places: Span[] = [];
  let problems: PlacedProblem[] = [];
  let isGone = false;
  let help: Awaited<ReturnType<typeof loadAssistance>>;

  const view = new EditorView({
    root,
    parent: root,
    // What was left may be another part, whose history is none of this one's.
    state: (part ? undefined : left) ?? createState(text, part),
    dispatchTransactions(transactions, self) {
      self.update(transactions);
      for (const one of transactions) if (one.docChanged) places = moved(places, one);
      const isTyped = transactions.some((one) => one.docChanged && one.annotation(fromOutside) !== true);
      if (isTyped) later.call(tell);
    },
  });
  takeIn(text);
  void loadAssistance().then(assist);

  function assist(loaded: typeof help) {
    if (!loaded || isGone) return;
    help = loaded;
    view.dispatch({ effects: assisted.reconfigure(loaded.assistance) });
    if (!later.isWaiting()) view.dispatch(loaded.markProblems(view, problems));
  }

  function tell() {
    told = view.state.doc.toString();
    onTextChange(told);
  }

  /** As one step of the history, and with the cursor where it was if that is still there. */
  function takeIn(next: string) {
    const changes = differenceOf(view.state.doc.toString(), next);
    if (changes) view.dispatch({ changes, annotations: fromOutside.of(true), userEvent: 'input' });
  }

  function select({ from, to }: Span) {
    const { length } = view.state.doc;
    const head = Math.min(from, length);
    view.dispatch({
      selection: { anchor: Math.min(Math.max(from, to), length), head },
      effects: EditorView.scrollIntoView(head, { y: 'center' }),
    });
    view.focus();
  }

  return {
    listen(listener: (text: string) => void) {
      onTextChange = listener;
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
      if (help) view.dispatch(help.markProblems(view, found));
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
      later.flush();
      isGone = true;
      left = part ? undefined : view.state;
      view.destroy();
    },
  };
}

export type Editor = ReturnType<typeof createEditor>;

/** Without it one still edits, and every problem is listed beside the editor; so its failing is not worth a word. */
const loadAssistance = () => import('./assistance.ts').catch(() => undefined);

function createState(text: string, part: Part | undefined) {
  const doc = Text.of(text.split(/\r\n?|\n/));
  return EditorState.create({ doc, extensions: [extensions(part?.firstLine ?? 1), suitedToSize(doc)] });
}

function moved(places: Span[], { changes }: Transaction): Span[] {
  return places.map(({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }));
}
