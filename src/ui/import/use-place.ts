import { useEffect, useRef, useState } from 'react';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { CheckSummary } from '#domain/check.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { nextPlace, placeTaken } from '#ui/state/next-place.ts';
import type { DraftNote } from '#ui/state/workbench-state.ts';
import { hasRows } from './format-words.ts';

export type View = 'json' | 'form';

export interface Span {
  from: number;
  to: number;
}

/** The view of the batch: `start` without a batch, `reading` until its format is known. */
export type ShownView = View | 'start' | 'reading';

/** The content of the panel beside the grid. */
export type RailTab = 'problems' | 'preview';

interface Shown {
  text: TextOnScreen;
  checked: CheckSummary | undefined;
  checking: boolean;
  draft: DraftNote | undefined;
}

function viewOf(chosen: View | undefined, { text, checked, checking, draft }: Shown): ShownView {
  if (text.length === 0 && draft?.type === 'opening') return 'reading';
  if (text.length === 0 && chosen !== 'json') return 'start';
  if (chosen !== undefined) return chosen;
  if (checked === undefined || checking) return 'reading';
  return isGrid(checked) ? 'form' : 'json';
}

/** Formats with rows are shown as a grid instead of a form. */
export const isGrid = (checked: CheckSummary | undefined) => checked !== undefined && hasRows(checked.format);

/** The last view, for returning from another screen. */
let left: { view: View | undefined; followsFormat: boolean } = { view: undefined, followsFormat: true };

/** The view, the entry and the focus of the Import screen. */
export function usePlace({ text, checked, checking, draft }: Shown) {
  const isInGrid = isGrid(checked);
  const summary = useSummaryFocus();
  const projectInput = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(left.view);
  /** Until a person chooses a view or types, a replaced text is shown in the view for its format. */
  const [followsFormat, setFollowsFormat] = useState(left.followsFormat);
  const [startAt, setStartAt] = useState<Span | undefined>(nextPlace);
  const [entry, setEntry] = useState(() => nextPlace()?.entry ?? 0);
  const [freshSet, setFreshSet] = useState<number>();
  const [column, setColumn] = useState(0);
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const [isRailOpen, setRailOpen] = useState<boolean>();
  const [railTab, setRailTab] = useState<RailTab>('problems');
  const view = viewOf(chosen, { text, checked, checking, draft });

  const suited = checked === undefined || checking ? undefined : isInGrid ? 'form' : 'json';
  if (followsFormat && suited !== undefined && text.length > 0 && chosen !== suited) setChosen(suited);
  useEffect(() => {
    left = { view: chosen, followsFormat };
  }, [chosen, followsFormat]);

  function goTo(next: number) {
    if (next !== freshSet) setFreshSet(undefined);
    setEntry(next);
  }
  function choose(next: View) {
    setFollowsFormat(false);
    setChosen(next);
  }
  useEffect(placeTaken, []);

  return {
    view,
    startAt,
    entry,
    column,
    summary,
    /** The panel beside the grid; over it on a narrow window, where it is opened on demand. */
    rail: {
      isBeside: isWide,
      isOpen: isRailOpen ?? isWide,
      setOpen: setRailOpen,
      tab: railTab,
      setTab: setRailTab,
      /** Switches between preview and problems. */
      togglePreview() {
        const isShown = (isRailOpen ?? isWide) && railTab === 'preview';
        setRailTab(isShown ? 'problems' : 'preview');
        setRailOpen(isShown ? isWide : true);
      },
    },
    projectInput,
    /** The set of labels that was just added. Its problems are hidden until a field was filled in. */
    freshSet,
    openFreshSet(next: number) {
      setEntry(next);
      setFreshSet(next);
    },
    /** Shows the problems of the new set. */
    showAllProblems: () => setFreshSet(undefined),
    setEntry: goTo,
    setColumn,
    goToCell(cell: { row: number; column: number }) {
      goTo(cell.row);
      setColumn(cell.column);
    },
    show(next: View, at?: Span) {
      setFreshSet(undefined);
      setStartAt(at);
      choose(next);
    },
    /** Shows a new text in the view for its format. */
    showByFormat() {
      setFollowsFormat(true);
      setChosen(undefined);
    },
    /** Shows an empty batch as text until there is one, since the start has no way to redo. */
    showEmpty: () => setChosen('json'),
    /** Keeps the current view when the text changes. */
    keepView: () => setFollowsFormat(false),
    /** Goes to a column of the grid. */
    showColumn(next: number) {
      setColumn(next);
      choose('form');
      summary.focus();
    },
    goToEntry(next: number) {
      // The grid stays mounted for every row; a form is replaced by the next one.
      if (isInGrid || next === entry) summary.focus();
      else summary.focusNext();
      goTo(next);
    },
  };
}

/** A list that appears later than this must not take the focus while the user types. */
const patienceMs = 2000;

/** Focuses the problem list. If it isn’t rendered yet, it takes the focus when it mounts. */
function useSummaryFocus() {
  const [summary] = useState(() => {
    let element: HTMLElement | null = null;
    let awaitedUntil = 0;
    const waitForNext = () => {
      awaitedUntil = performance.now() + patienceMs;
    };
    return {
      setElement(next: HTMLElement | null) {
        element = next;
        if (!next || performance.now() > awaitedUntil) return;
        awaitedUntil = 0;
        next.focus();
      },
      focus: () => (element ? element.focus() : waitForNext()),
      /** Focuses the next list, because the visible one is about to unmount. */
      focusNext: waitForNext,
    };
  });
  return summary;
}

export type SummaryFocus = ReturnType<typeof useSummaryFocus>;
