import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import type { ImportSettings, LabelColumns } from '#domain/parse/import-settings.ts';
import { count } from '#ui/components/numbers.ts';

interface LabelColumnsChoiceProps {
  found: readonly LabelColumns[];
  choice: ImportSettings;
  onChoice: (next: ImportSettings) => void;
}

/** Whether columns that are named like labels mark them. */
export function LabelColumnsChoice({ found, choice, onChoice }: LabelColumnsChoiceProps) {
  return found.map(({ control, columns, areUsed }) => (
    <FormControlLabel
      key={control}
      label={`Use ${count(columns, 'column')} as choices of “${control}”`}
      sx={{ my: -2 }}
      control={
        <Checkbox
          checked={areUsed}
          onChange={(_, isUsed) => onChoice(withLabelColumns(choice, control, isUsed))}
        />
      }
    />
  ));
}

/** The settings with a control’s columns used as its choices, or not. */
export function withLabelColumns(choice: ImportSettings, control: string, areUsed: boolean): ImportSettings {
  const others = choice.labelColumns?.filter((one) => one !== control) ?? [];
  return { ...choice, labelColumns: areUsed ? [...others, control] : others };
}
