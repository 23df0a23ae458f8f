import { inputOf } from './to-errors.ts';

/** Focuses a field and expands the section around it. `field` is the name of a form value. */
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
