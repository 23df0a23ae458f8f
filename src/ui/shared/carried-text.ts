const key = 'sheaf-carried-text';

/** Keeps the workbench's text for the moment of a reload, in this tab only. */
export function carryText(text: string) {
  try {
    sessionStorage.setItem(key, text);
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
