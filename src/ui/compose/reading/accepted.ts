import type { ReadingChoice } from '#domain/source/reading.ts';
import type { Label } from '#engine/engine.ts';

/** A value that somebody wants read as a label, and the column that it stands in. */
export interface Acceptance {
  column: string;
  control: string;
  written: string;
  label: Label;
}

/** The reading with these values read as labels, and their columns held to be what they were taken for. */
export function withAccepted(choice: ReadingChoice, accepted: readonly Acceptance[]): ReadingChoice {
  let { columns, values } = choice;
  for (const { column, control, written, label } of accepted) {
    columns = { ...columns, [column]: `control:${control}` };
    values = { ...values, [control]: { ...values?.[control], [written]: label } };
  }
  return { ...choice, ...(columns && { columns }), ...(values && { values }) };
}

/** The reading with this value as it stands there again. */
export function withoutAccepted(choice: ReadingChoice, control: string, written: string): ReadingChoice {
  const { [written]: _, ...others } = choice.values?.[control] ?? {};
  return { ...choice, values: { ...choice.values, [control]: others } };
}
