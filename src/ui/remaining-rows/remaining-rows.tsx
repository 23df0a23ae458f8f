import { useState } from 'react';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { download } from '#ui/components/download.ts';
import { count } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';

interface RemainingRowsProps {
  planId: string;
  withErrors: PlanView['withErrors'];
  /** Rows that were meant to be sent and have no annotation. */
  notCreated?: number;
  isSent: boolean;
}

/** How many rows were not sent or not verified, and a download of them to fix and import again. */
export function RemainingRows({ planId, withErrors, notCreated = 0, isSent }: RemainingRowsProps) {
  const engine = useEngine();
  const [isMaking, setMaking] = useState(false);
  const [isGone, setGone] = useState(false);
  if (withErrors.entries === 0 && notCreated === 0) return null;

  async function save() {
    setMaking(true);
    try {
      const rest = await engine.runs.remainingFile(planId);
      if (rest) download(rest.file, rest.name);
      setGone(rest === undefined);
    } finally {
      setMaking(false);
    }
  }

  return (
    <Box
      role="group"
      aria-label="Rows to fix"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 2 }}
    >
      <Box sx={{ flex: '1 1 280px' }}>
        {words(withErrors, notCreated, isSent)}
        <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {isGone && 'The batch of this run is no longer available, because another run has started.'}
        </Box>
      </Box>
      <Button variant="outlined" startIcon={<DownloadIcon />} loading={isMaking} onClick={() => void save()}>
        Download rows to fix
      </Button>
    </Box>
  );
}

/** `7 rows with errors were not sent. 3 planned rows aren’t confirmed on the server.` */
function words({ entries, unit }: PlanView['withErrors'], notCreated: number, isSent: boolean): string {
  const sentences: string[] = [];
  if (entries > 0)
    sentences.push(
      `${count(entries, unit)} with errors ${isSent ? (entries === 1 ? 'was not' : 'were not') : 'will not be'} sent.`,
    );
  if (notCreated > 0)
    sentences.push(
      `${count(notCreated, 'planned row')} ${notCreated === 1 ? 'isn’t' : 'aren’t'} confirmed on the server.`,
    );
  return sentences.join(' ');
}
