const key = 'sheaf-carried-text';

/** A hung engine must not prevent the reload. */
const longestWaitMs = 2000;

/** Keeps the current text across a reload, in this tab only. */
export async function carryText(text: Promise<Blob>) {
  try {
    const isOver = new Promise<undefined>((resolve) => setTimeout(resolve, longestWaitMs));
    const words = await Promise.race([text.then((file) => file.text()), isOver]);
    if (words !== undefined) sessionStorage.setItem(key, words);
  } catch {
    // Too large, or storage is disabled. The screen offers to save a file instead.
  }
}

/** Returns and removes the text kept across the last reload. */
export function takeCarriedText() {
  try {
    const text = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return '';
  }
}
