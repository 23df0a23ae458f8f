import type { WorkbenchStore } from '#ui/state/workbench.ts';

/** A page that answers runs a timer this often. */
const beatMs = 100;

/** Beats in a row after which the page has answered. */
const enoughBeats = 5;

/** A page whose last beat is longer ago hangs. Hidden pages run their timers once a second. */
const longestBeatMs = 2000;

/** Nobody has waited in vain for a check that is left sooner. */
const patienceMs = 2000;

interface OpeningOptions {
  workbench: Pick<WorkbenchStore, 'get'>;
  /** True once the batch has been drawn. */
  isShown: () => boolean;
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** Called when the draft’s check has a verdict and the page answers, also if the page is left while it answers. */
  onAnswer: () => void;
}

/** Watches whether the page survives a draft that was just opened. An engine failure doesn’t count as a verdict. */
export function watchOpening({ workbench, isShown, page, onAnswer }: OpeningOptions) {
  const openedAt = Date.now();
  let lastBeat = openedAt;
  let beats = 0;
  const timer = setInterval(() => {
    lastBeat = Date.now();
    beats = isChecked() && isShown() ? beats + 1 : 0;
    if (beats === enoughBeats) answer();
  }, beatMs);
  page.addEventListener('pagehide', leave);

  function isChecked() {
    const { checking, checked, crash } = workbench.get();
    return !checking && checked !== undefined && crash === undefined;
  }

  function leave() {
    const now = Date.now();
    if (now - lastBeat < longestBeatMs && (isChecked() || now - openedAt < patienceMs)) answer();
  }

  function answer() {
    clearInterval(timer);
    page.removeEventListener('pagehide', leave);
    onAnswer();
  }
}
