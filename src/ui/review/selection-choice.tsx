import Box from '@mui/material/Box';
import type { PlanChoices } from '#engine/runs/calls/plan-calls.ts';
import { Radio } from '#ui/components/inputs/radio.tsx';

interface SelectionChoiceProps {
  value: PlanChoices['selection'];
  onChange: (value: PlanChoices['selection']) => void;
}

const choices: { value: PlanChoices['selection']; title: string; description: string }[] = [
  {
    value: 'resolve',
    title: 'Resolve the tasks now',
    description: 'The plan lists every task, and each annotation is verified on its task.',
  },
  {
    value: 'as-is',
    title: 'Let the server resolve the selection',
    description:
      'The server decides which tasks are meant when it receives the call. Tasks added by then are included. Once a row is skipped, the others are sent by ID.',
  },
];

export function SelectionChoice({ value, onChange }: SelectionChoiceProps) {
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0, display: 'grid', gap: 2 }}>
      <Box component="legend" sx={{ typography: 'h2', p: 0, mb: 2 }}>
        This batch selects tasks
      </Box>
      {choices.map((choice) => (
        <Box component="label" key={choice.value} sx={{ display: 'flex', gap: 2.5, cursor: 'pointer' }}>
          <Radio
            name="selection"
            aria-label={choice.title}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.title}
            <Box component="span" sx={{ display: 'block', color: 'text.secondary', typography: 'body2' }}>
              {choice.description}
            </Box>
          </span>
        </Box>
      ))}
    </Box>
  );
}
