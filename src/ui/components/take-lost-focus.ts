/**
 * As the `ref` of what comes in place of something else: when the control that had the focus went away, the next Tab
 * starts here, not at the top of the page.
 */
export function takeLostFocus(element: HTMLElement | null) {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}
