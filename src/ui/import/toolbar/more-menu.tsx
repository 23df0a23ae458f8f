import { useRef, useState } from 'react';
import MoreIcon from '@mui/icons-material/MoreHoriz';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { CheckSummary } from '#domain/check.ts';
import { useBatch, useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { FileInput } from '#ui/import/open-file-button.tsx';
import { useSample } from '#ui/import/use-sample.ts';

/** Rare actions: open another file, examples and samples, format JSON. */
export function MoreMenu() {
  const { checked } = useBatch();
  const { insertExample, format } = useBatchActions();
  const { view, taskMatch } = useNavigation();
  const { whyNot, isMaking, save } = useSample();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const file = useRef<HTMLInputElement>(null);

  const close = () => setAnchor(undefined);

  return (
    <>
      <IconButton
        aria-label="More"
        title="More"
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        loading={isMaking}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <FileInput ref={file} />
      <Menu anchorEl={anchor ?? null} open={anchor !== undefined} onClose={close}>
        <MenuItem
          onClick={() => {
            close();
            file.current?.click();
          }}
        >
          Open a file…
        </MenuItem>
        {canBeMatched(checked) && (
          <Item onClose={close} onChoose={() => taskMatch.open()}>
            Match rows to tasks…
          </Item>
        )}
        <Item onClose={close} onChoose={insertExample}>
          Insert an example
        </Item>
        {view === 'json' && isJson(checked) && (
          <Item onClose={close} onChoose={format}>
            Format
          </Item>
        )}
        <Item onClose={close} onChoose={() => void save('json')}>
          Download a sample as JSON
        </Item>
        <Item onClose={close} onChoose={() => void save('csv')}>
          Download a sample as CSV
        </Item>
        {whyNot !== undefined && (
          <MenuItem disabled sx={{ typography: 'caption' }}>
            {whyNot}
          </MenuItem>
        )}
      </Menu>
    </>
  );
}

interface ItemProps {
  onChoose: () => void;
  onClose: () => void;
  children: string;
}

const Item = ({ onChoose, onClose, children, ...props }: ItemProps) => (
  <MenuItem
    {...props}
    onClick={() => {
      onClose();
      onChoose();
    }}
  >
    {children}
  </MenuItem>
);

/** True for a source with values besides task IDs: columns, or the data of exported tasks. */
const canBeMatched = (checked: CheckSummary | undefined) =>
  checked?.format === 'export' || (checked?.reading?.columns ?? 0) > 0;

/** True for one JSON value, which can be formatted. */
const isJson = (checked: CheckSummary | undefined) =>
  checked?.format !== 'table' && checked?.format !== 'json-lines';
