import type { WorkbenchStore } from '#ui/state/workbench.ts';

/** Interval of a timer that a responsive page runs. */
const beatMs = 100;

/** Consecutive beats after which the page counts as responsive. */
const enoughBeats = 5;

/** A page whose last beat is older hangs. Hidden pages run their timers once a second. */
const longestBeatMs = 2000;

/** Leaving earlier doesn’t count as a hang: the user hasn’t waited long for the check. */
const patienceMs = 2000;

interface OpeningOptions {
  workbench: Pick<WorkbenchStore, 'get'>;
  /** True once the engine has the draft. */
  isOpened: () => boolean;
  /** True once the batch has been drawn. */
  isShown: () => boolean;
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** Called when the check has finished and the page is responsive, even while it is being left. */
  onAnswer: () => void;
}

/** Watches whether the page survives opening a draft, and gives what stops that. An engine failure doesn’t count as finished. */
export function watchOpening({ workbench, isOpened, isShown, page, onAnswer }: OpeningOptions) {
  let waitingSince = Date.now();
  let wasOpened = false;
  let lastBeat = waitingSince;
  let beats = 0;
  const timer = setInterval(() => {
    noteOpened();
    lastBeat = Date.now();
    beats = isChecked() && isShown() ? beats + 1 : 0;
    if (beats === enoughBeats) answer();
  }, beatMs);
  page.addEventListener('pagehide', leave);

  function isChecked() {
    const { checking, checked, crash } = workbench.get();
    return isOpened() && !checking && checked !== undefined && crash === undefined;
  }

  /** Handing the draft to a slow engine may take seconds; then the wait for its check begins. */
  function noteOpened() {
    if (wasOpened || !isOpened()) return;
    wasOpened = true;
    waitingSince = Date.now();
  }

  function leave() {
    noteOpened();
    const now = Date.now();
    if (now - lastBeat < longestBeatMs && (isChecked() || now - waitingSince < patienceMs)) answer();
  }

  function stop() {
    clearInterval(timer);
    page.removeEventListener('pagehide', leave);
  }

  function answer() {
    stop();
    onAnswer();
  }

  return stop;
}
