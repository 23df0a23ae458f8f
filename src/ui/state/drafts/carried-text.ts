const key = 'sheaf-carried-text';

/** A hung engine must not prevent the reload. */
const longestWaitMs = 2000;

/** Keeps the workbench's text across a reload, in this tab only. */
export async function carryText(text: Promise<Blob>) {
  try {
    const isOver = new Promise<undefined>((resolve) => setTimeout(resolve, longestWaitMs));
    const words = await Promise.race([text.then((file) => file.text()), isOver]);
    if (words !== undefined) sessionStorage.setItem(key, words);
  } catch {
    // Too large, or storage is disabled. The screen offers to save a file instead.
  }
}

/** Gives the text kept across the last reload, and removes it. */
export function takeCarriedText() {
  try {
    const text = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return '';
  }
}
