const key = 'sheaf-carried-text';

/** An engine that does not answer any more must not keep the page from being reloaded. */
const longestWaitMs = 2000;

/** Keeps the workbench's text for the moment of a reload, in this tab only. */
export async function carryText(text: Promise<Blob>) {
  try {
    const isOver = new Promise<undefined>((resolve) => setTimeout(resolve, longestWaitMs));
    const words = await Promise.race([text.then((file) => file.text()), isOver]);
    if (words !== undefined) sessionStorage.setItem(key, words);
  } catch {
    // Too large, or storage is switched off. Saving it as a file is offered beside.
  }
}

/** The text that the last reload carried over, once. */
export function takeCarriedText() {
  try {
    const text = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return '';
  }
}
