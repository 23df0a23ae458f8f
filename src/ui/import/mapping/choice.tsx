import { useState } from 'react';
import Box from '@mui/material/Box';
import NativeSelect from '@mui/material/NativeSelect';

interface ChoiceProps {
  label: string;
  isLabelHidden?: boolean;
  value: string;
  /** The text of a value that isn’t among the options. */
  words?: string;
  options: readonly (readonly [value: string, words: string])[];
  /** Shown after the options if some aren’t listed. */
  more?: string | undefined;
  onChange: (value: string) => void;
}

/** Longer lists are rendered when opened. */
const fewOptions = 100;

/** A small native select. */
export function Choice(props: ChoiceProps) {
  const { label, isLabelHidden = false, value, words = value, options, more, onChange } = props;
  const [wasOpened, setOpened] = useState(false);
  const isRendered = wasOpened || options.length <= fewOptions;
  const chosen = options.find(([one]) => one === value) ?? ([value, words] as const);
  const isListed = isRendered && options.includes(chosen);
  const open = () => setOpened(true);
  return (
    <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
      {!isLabelHidden && <span className="label">{label}</span>}
      <NativeSelect
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onFocus={open}
        onPointerDown={open}
        inputProps={isLabelHidden ? { 'aria-label': label } : {}}
        disableUnderline
        sx={select}
      >
        {!isListed && <option value={chosen[0]}>{chosen[1]}</option>}
        {isRendered &&
          options.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        {isRendered && more !== undefined && <option disabled>{more}</option>}
      </NativeSelect>
    </Box>
  );
}

const select = {
  flex: 1,
  minWidth: 0,
  border: 1,
  borderColor: 'outline.main',
  borderRadius: 1,
  bgcolor: 'background.paper',
  '& select': { py: 0.5, pl: 2, fontSize: 'body2.fontSize' },
} as const;
