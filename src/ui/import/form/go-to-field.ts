import { inputOf } from './to-errors.ts';

/** Focuses a field and expands its section. `field` is the name of a form value. */
export function goToField(field: string) {
  const inputs = [...document.querySelectorAll<HTMLElement>(`form [name="${CSS.escape(inputOf(field))}"]`)];
  const input = inputs.find((one) => one.matches(':checked')) ?? inputs[0];
  if (!input) return;
  for (
    let folded = input.closest('details');
    folded;
    folded = folded.parentElement?.closest('details') ?? null
  ) {
    folded.open = true;
  }
  input.focus();
  input.scrollIntoView({ block: 'center' });
}

/** Focuses the first label, or the tasks if there are none, without scrolling. */
export function focusFirstField() {
  const labels = [...document.querySelectorAll<HTMLElement>('form [name^="answers."]')];
  const first = labels.filter((one) => one.getAttribute('name') === labels[0]?.getAttribute('name'));
  const input = first.find((one) => one.matches(':checked')) ?? first[0];
  const field = input ?? document.querySelector<HTMLElement>('form [name="taskIds"]');
  field?.focus({ preventScroll: true });
}
