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
  leftOut: PlanView['leftOut'];
  /** Rows that were meant to be sent and have no annotation. */
  notCreated?: number;
  isSent: boolean;
}

/** What is no part of the run or has not come of it, and a way to take it along: in a file, to be mended and read again. */
export function RemainingRows({ planId, leftOut, notCreated = 0, isSent }: RemainingRowsProps) {
  const engine = useEngine();
  const [isMaking, setMaking] = useState(false);
  const [isGone, setGone] = useState(false);
  if (leftOut.entries === 0 && notCreated === 0) return null;

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
      aria-label="The rest"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 2 }}
    >
      <Box sx={{ flex: '1 1 280px' }}>
        {words(leftOut, notCreated, isSent)}
        <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {isGone && 'The batch of this run is not kept any more, because another run has started since.'}
        </Box>
      </Box>
      <Button variant="outlined" startIcon={<DownloadIcon />} loading={isMaking} onClick={() => void save()}>
        Download the rest
      </Button>
    </Box>
  );
}

/** `7 rows with mistakes were left out. 3 planned rows are not known to be on the server.` */
function words({ entries, are }: PlanView['leftOut'], notCreated: number, isSent: boolean): string {
  const sentences: string[] = [];
  const [one, many] = isSent ? ['was', 'were'] : ['is', 'are'];
  if (entries > 0)
    sentences.push(`${count(entries, are)} with mistakes ${entries === 1 ? one : many} left out.`);
  if (notCreated > 0)
    sentences.push(
      `${count(notCreated, 'planned row')} ${notCreated === 1 ? 'is' : 'are'} not known to be on the server.`,
    );
  return sentences.join(' ');
}
