/** The first input of each field that has none of its very name. */
const standIns: Record<string, string> = { result: 'hasResult' };

/** Puts the focus into a field, unfolding what it is folded into. `field` is the name of a form value. */
export function goToField(field: string) {
  const name = standIns[field] ?? field;
  const inputs = [...document.querySelectorAll<HTMLElement>(`form [name="${CSS.escape(name)}"]`)];
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
