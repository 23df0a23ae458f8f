import { useId, useState } from 'react';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { download } from '#ui/components/download.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { useBatch, useNavigation, useNotices } from './batch-context.tsx';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

/** Downloads a sample batch made of the chosen project's labels. */
export function SampleMenu() {
  const { connected, projectId } = useBatch();
  const { notify } = useNotices();
  const { projectInput } = useNavigation();
  const whyNot =
    connected && projectId !== undefined ? undefined : 'Choose a project to get a sample with its labels.';
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
        notify({ words: [`${name} is in your downloads.`, ...notes].join(' ') });
      } else {
        const { message, hint } = sample.failure;
        notify({
          words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' '),
        });
      }
    } finally {
      setMaking(false);
    }
  }

  function open(button: HTMLElement) {
    if (whyNot === undefined) return setAnchor(button);
    notify({ words: whyNot });
    projectInput.current?.focus();
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
