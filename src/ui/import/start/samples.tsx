import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { SampleKind } from '#domain/samples/task-samples.ts';
import { useBatch, useBatchActions, useNavigation, useNotices } from '#ui/import/batch-context.tsx';
import { useSample } from '#ui/import/use-sample.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const kindNames: Record<SampleKind, string> = {
  table: 'Spreadsheet',
  export: 'Label Studio export',
  boxes: 'COCO boxes',
  spans: 'Text spans',
};

const allKinds = Object.keys(kindNames) as SampleKind[];

/** Samples for tasks of the chosen project, to try at once or to download and fill in. */
export function Samples() {
  const { projectId, connected, workbench } = useBatch();
  const { insertExample, trySample } = useBatchActions();
  const { notify } = useNotices();
  const { projectInput } = useNavigation();
  const { save } = useSample();
  const engine = useEngine();
  // Until the project is read, all kinds are offered.
  const { data: read } = useQuery({
    queryKey: ['sample-kinds', connected, projectId],
    queryFn: () => engine.batch.sampleKinds(),
    enabled: connected && projectId !== undefined,
    gcTime: 0,
    retry: false,
  });
  const offered = read?.ok ? read.value : allKinds;

  async function tryKind(kind: SampleKind) {
    if (projectId !== undefined) return trySample(kind, projectId);
    const found = await engine.batch.sampleProject(kind);
    if (found.ok) {
      workbench.chooseProject(found.value);
      return trySample(kind, found.value);
    }
    const { message, hint } = found.failure;
    notify({ words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' ') });
    projectInput.current?.focus();
  }

  return (
    <Box role="group" aria-label="Samples" sx={{ typography: 'body2' }}>
      <Box sx={line}>
        <Box sx={{ color: 'text.secondary' }}>Nothing at hand? Try a sample:</Box>
        {offered.map((kind) => (
          <Link component="button" key={kind} onClick={() => void tryKind(kind)}>
            {kindNames[kind]}
          </Link>
        ))}
      </Box>
      <Box sx={{ ...line, mt: 1 }}>
        <Link component="button" onClick={insertExample}>
          Insert an example
        </Link>
        <Link component="button" onClick={() => void save('csv')}>
          Download a sample as CSV
        </Link>
        <Link component="button" onClick={() => void save('json')}>
          Download a sample as JSON
        </Link>
      </Box>
    </Box>
  );
}

const line = { display: 'flex', flexWrap: 'wrap', columnGap: 4 } as const;
