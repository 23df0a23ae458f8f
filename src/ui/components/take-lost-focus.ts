/**
 * Used as the `ref` of an element that replaces a focused control: takes the lost focus, so that the next Tab starts
 * here and not at the top of the page.
 */
export function takeLostFocus(element: HTMLElement | null) {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}
