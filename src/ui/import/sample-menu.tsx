import { useId, useState } from 'react';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { download } from '#ui/components/download.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

interface SampleMenuProps {
  /** Why there can be no sample yet. */
  whyNot: string | undefined;
  onSay: (word: { words: string }) => void;
  /** Pressed although there can be none: leads to what stands in the way. */
  onRefused: () => void;
}

/** A batch made of the chosen project's own labels, to be downloaded and filled. */
export function SampleMenu({ whyNot, onSay, onRefused }: SampleMenuProps) {
  const engine = useEngine();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [isMaking, setMaking] = useState(false);

  async function save(format: 'json' | 'csv') {
    setAnchor(undefined);
    setMaking(true);
    try {
      const sample = await engine.batch.sample(format);
      if (sample.ok) {
        const { file, name, notes } = sample.value;
        download(file, name);
        onSay({ words: [`${name} is in your downloads.`, ...notes].join(' ') });
      } else {
        const { message, hint } = sample.failure;
        onSay({
          words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' '),
        });
      }
    } finally {
      setMaking(false);
    }
  }

  function open(button: HTMLElement) {
    if (whyNot === undefined) return setAnchor(button);
    onSay({ words: whyNot });
    onRefused();
  }

  return (
    <>
      <Button
        endIcon={<ExpandIcon />}
        loading={isMaking}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        aria-disabled={whyNot !== undefined}
        aria-describedby={whyNot === undefined ? undefined : id}
        onClick={({ currentTarget }) => open(currentTarget)}
        sx={{ '&[aria-disabled=true]': { color: 'text.disabled' } }}
      >
        Sample
      </Button>
      <Box id={id} sx={visuallyHidden}>
        {whyNot}
      </Box>
      <Menu anchorEl={anchor ?? null} open={anchor !== undefined} onClose={() => setAnchor(undefined)}>
        <MenuItem onClick={() => void save('json')}>Download as JSON</MenuItem>
        <MenuItem onClick={() => void save('csv')}>Download as CSV</MenuItem>
      </Menu>
    </>
  );
}
