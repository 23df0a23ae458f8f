import { useId, useState } from 'react';
import MoreIcon from '@mui/icons-material/MoreHoriz';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { RowDecision } from '#engine/runs/review-choices.ts';
import { limits } from '#wire/limits.ts';
import { count } from '#ui/components/numbers.ts';

interface RowMenuProps {
  label: string;
  decision: RowDecision | undefined;
  /** False if the maximum number of rows has a decision. */
  canDecide: boolean;
  onDecide: (decision: RowDecision | undefined) => void;
}

const choices: { value: RowDecision | undefined; words: string }[] = [
  { value: undefined, words: 'As chosen for all rows' },
  { value: 'create', words: 'Create this one' },
  { value: 'skip', words: 'Skip this one' },
];

/** Decides about one row; overrides the policy. */
export function RowMenu({ label, decision, canDecide, onDecide }: RowMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menuId = useId();
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menuId : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ my: '-4px' }}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      {anchor && (
        <Menu id={menuId} anchorEl={anchor} open onClose={close}>
          {canDecide ? (
            choices.map(({ value, words }) => (
              <MenuItem
                key={words}
                role="menuitemradio"
                aria-checked={value === decision}
                selected={value === decision}
                onClick={() => {
                  close();
                  onDecide(value);
                }}
              >
                {words}
              </MenuItem>
            ))
          ) : (
            <MenuItem onClick={close} sx={{ whiteSpace: 'normal', maxWidth: 280 }}>
              At most {count(limits.decidedRows, 'row')} can be decided one by one. Choose for all rows, or
              change the batch in Import.
            </MenuItem>
          )}
        </Menu>
      )}
    </>
  );
}
