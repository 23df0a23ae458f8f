/**
 * A `ref` for an element that replaces a focused control: takes its focus, so that the next Tab continues here instead
 * of at the top of the page.
 */
export function takeLostFocus(element: HTMLElement | null) {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}
