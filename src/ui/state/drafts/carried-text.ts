import type { Draft } from './draft-record.ts';

const key = 'sheaf-carried-text';

/** A hung engine must not prevent the reload. */
const longestWaitMs = 2000;

/** A longer text would take too long to write while the page is being left. */
const maxUnits = 1_000_000;

/** A text that is kept across a reload, in this tab only. Settings that may have crashed the page aren’t. */
export type Carried = Pick<Draft, 'project'> & { text: string; reading?: Draft['reading'] };

/** Keeps the current text before the page is reloaded after a crash. */
export async function carryText(text: Promise<Blob>) {
  try {
    const isOver = new Promise<undefined>((resolve) => setTimeout(resolve, longestWaitMs));
    const words = await Promise.race([text.then((file) => file.text()), isOver]);
    if (words !== undefined) sessionStorage.setItem(key, JSON.stringify({ text: words }));
  } catch {
    // Too large, or storage is disabled. The screen offers to save a file instead.
  }
}

/** Keeps a draft that isn’t stored yet, while the page is being left. Returns a function that drops it. */
export function carryDraft(draft: Carried): (() => void) | undefined {
  try {
    if (draft.text.length > maxUnits || sessionStorage.getItem(key) !== null) return undefined;
    sessionStorage.setItem(key, JSON.stringify(draft));
    return () => sessionStorage.removeItem(key);
  } catch {
    return undefined;
  }
}

/** Returns and removes what was kept across the last reload. */
export function takeCarried(): Carried | undefined {
  try {
    const carried: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    sessionStorage.removeItem(key);
    const isCarried = typeof carried === 'object' && carried !== null && 'text' in carried;
    return isCarried && typeof carried.text === 'string' ? (carried as Carried) : undefined;
  } catch {
    return undefined;
  }
}
