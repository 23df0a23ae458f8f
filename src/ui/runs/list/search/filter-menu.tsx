import { useId, useState } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { oneLine } from '#ui/components/clamp.ts';
import { figure } from '#ui/components/numbers.ts';
import { limits } from '#wire/limits.ts';
import type { FilterChoice } from './run-filter.ts';

interface FilterMenuProps {
  /** The name of the filter: `Project`. */
  label: string;
  /** The label of no filter: `All projects`. */
  all: string;
  choices: FilterChoice[];
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
}

/** A button that names the chosen filter and opens its menu. */
export function FilterMenu({ label, all, choices, chosen, onChoose }: FilterMenuProps) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const name = choices.find(({ key }) => key === chosen)?.name ?? all;
  const listed = choices.slice(0, limits.filterChoices);

  function choose(key: string | undefined) {
    setAnchor(undefined);
    onChoose(key);
  }

  return (
    <>
      <Button
        id={`${id}-button`}
        variant="outlined"
        endIcon={<ExpandMoreIcon />}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        aria-label={`${label}: ${name}`}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ flex: 'none', maxWidth: 240, ...(chosen !== undefined && { bgcolor: 'action.selected' }) }}
      >
        <Box component="span" sx={ellipsis}>
          {name}
        </Box>
      </Button>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor ?? null}
        onClose={() => setAnchor(undefined)}
        slotProps={{
          list: { 'aria-labelledby': `${id}-button` },
          paper: { sx: { mt: 1, minWidth: 220, maxWidth: 400, maxHeight: 420 } },
        }}
      >
        <Choice name={all} isChosen={chosen === undefined} onChoose={() => choose(undefined)} />
        {listed.map(({ key, name: choiceName, runs }) => (
          <Choice
            key={key}
            name={choiceName}
            runs={runs}
            isChosen={key === chosen}
            onChoose={() => choose(key)}
          />
        ))}
        {choices.length > listed.length && (
          <Box
            component="li"
            role="none"
            sx={{ px: 4, py: 1.5, color: 'text.secondary', typography: 'body2' }}
          >
            The first {listed.length} of {figure(choices.length)}. Search for the others by name.
          </Box>
        )}
      </Menu>
    </>
  );
}

interface ChoiceProps {
  name: string;
  runs?: number;
  isChosen: boolean;
  onChoose: () => void;
}

/** Menus focus the chosen item, so each item passes MUI’s props on. */
const Choice = ({ name, runs, isChosen, onChoose, ...passedOn }: ChoiceProps) => (
  <MenuItem
    {...passedOn}
    role="menuitemradio"
    aria-checked={isChosen}
    selected={isChosen}
    onClick={onChoose}
    sx={{ gap: 2 }}
  >
    <CheckIcon fontSize="small" sx={{ visibility: isChosen ? 'visible' : 'hidden' }} />
    <Box component="span" sx={{ ...ellipsis, flex: 1 }}>
      {name}
    </Box>
    {runs !== undefined && <Box sx={{ color: 'text.secondary' }}>{figure(runs)}</Box>}
  </MenuItem>
);

const ellipsis = { minWidth: 0, ...oneLine } as const;
