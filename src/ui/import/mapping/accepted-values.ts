import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { Label } from '#engine/batch/calls/grid-calls.ts';

/** A value mapped to a label, and its column. */
export interface Acceptance {
  column: string;
  control: string;
  written: string;
  label: Label;
}

/** The settings with these values mapped, and their columns’ targets fixed. */
export function withAccepted(choice: ImportSettings, accepted: readonly Acceptance[]): ImportSettings {
  const columns = accepted.map(({ column, control }) => [column, `control:${control}`] as const);
  const values = [...new Set(accepted.map(({ control }) => control))].map((control) => {
    const ofControl = accepted.filter((one) => one.control === control);
    const labels = ofControl.map(({ written, label }) => [written, label] as const);
    return [control, { ...choice.values?.[control], ...Object.fromEntries(labels) }] as const;
  });
  return {
    ...choice,
    columns: { ...choice.columns, ...Object.fromEntries(columns) },
    values: { ...choice.values, ...Object.fromEntries(values) },
  };
}

/** The settings without the mapping of this value. */
export function withoutAccepted(choice: ImportSettings, control: string, written: string): ImportSettings {
  const { [written]: _, ...others } = choice.values?.[control] ?? {};
  return { ...choice, values: { ...choice.values, [control]: others } };
}
