import { useId, useState } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import ColumnsIcon from '@mui/icons-material/ViewColumnOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { count } from '#ui/components/numbers.ts';
import { height } from '#ui/theme/tokens.ts';
import { limits } from '#wire/limits.ts';
import type { OwnColumns } from './use-own-columns.ts';

/** Chooses which columns of the submitted file the results show. */
export function ColumnMenu({ own }: { own: OwnColumns }) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { all, shown, more, error, toggle } = own;
  const isFull = shown.length >= limits.shownOwnColumns;
  return (
    <>
      <IconButton
        id={`${id}-button`}
        size="small"
        aria-label="Columns of your file"
        title="Columns of your file"
        sx={{ width: height.controlSmall, height: height.controlSmall }}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={(event) => {
          own.ask();
          setAnchor(event.currentTarget);
        }}
      >
        <ColumnsIcon fontSize="small" />
      </IconButton>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor ?? null}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          list: { 'aria-labelledby': `${id}-button` },
          paper: { sx: { mt: 1, width: 280, maxHeight: 420 } },
        }}
      >
        <Words>Columns of your file</Words>
        {(error ?? all === undefined) && <Words>{error ? error.message : 'Reading your file …'}</Words>}
        {all?.length === 0 && <Words>There are none: columns are shown for tables and records.</Words>}
        {all?.map(({ name, column }) => {
          const isShown = shown.some((one) => one.column === column);
          return (
            <MenuItem
              key={column}
              role="menuitemcheckbox"
              aria-checked={isShown}
              disabled={isFull && !isShown}
              onClick={() => toggle(name)}
              sx={{ gap: 2 }}
            >
              <CheckIcon fontSize="small" sx={{ visibility: isShown ? 'visible' : 'hidden' }} />
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }} title={name}>
                {name}
              </Box>
            </MenuItem>
          );
        })}
        {isFull && <Words>{`At most ${limits.shownOwnColumns} columns are shown at once.`}</Words>}
        {more > 0 && (
          <Words>{`${count(more, 'further column')} not listed. “Your file with IDs” has them all.`}</Words>
        )}
      </Menu>
    </>
  );
}

const Words = ({ children }: { children: string }) => (
  <MenuItem
    disabled
    sx={{
      typography: 'body2',
      whiteSpace: 'normal',
      '&.Mui-disabled': { opacity: 1, color: 'text.secondary' },
    }}
  >
    {children}
  </MenuItem>
);
