/** Focuses the panel around a button that is about to disappear, so that the next Tab continues there. */
export function focusPanel(button: Element) {
  button.closest<HTMLElement>('[role=tabpanel]')?.focus({ preventScroll: true });
}
