import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import CloseIcon from '@mui/icons-material/Close';
import DownIcon from '@mui/icons-material/KeyboardArrowDown';
import UpIcon from '@mui/icons-material/KeyboardArrowUp';
import OpenInNewIcon from '@mui/icons-material/OpenInNewOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { figure } from '#ui/components/numbers.ts';
import { StateLabel } from '#ui/runs/state-label.tsx';
import { versionOf } from '#ui/state/runs/use-runs.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { fontSize } from '#ui/theme/tokens.ts';
import { RowHistory } from './row-history.tsx';
import { SentOnTask } from './sent-on-task.tsx';

interface RowDetailsProps {
  view: RunView;
  query: RowQuery;
  /** The row’s index in the table. */
  index: number;
  total: number;
  onMove: (index: number) => void;
  onClose: () => void;
  /** True if the run’s server is connected. */
  isConnected: boolean;
}

/** Everything about one row: its label, annotations, history and what was sent. */
export function RowDetails({ view, query, index, total, onMove, onClose, isConnected }: RowDetailsProps) {
  const engine = useEngine();
  const close = useRef<HTMLButtonElement>(null);
  const { data, error } = useQuery({
    queryKey: ['rows', view.id, versionOf(view), query, 'details', index],
    queryFn: async () => {
      const [row] = (await engine.runs.rows(view.id, query, index, index + 1)).rows;
      return row ? engine.runs.rowDetails(view.id, row.row) : null;
    },
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  useEffect(() => close.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (event.key === 'Escape') onClose();
    else if (step !== undefined) onMove(Math.max(0, Math.min(total - 1, index + step)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Box onKeyDown={onKeyDown} sx={{ '& > * + *': { borderTop: 1, borderColor: 'divider' } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 5, py: 3, minHeight: 56 }}>
        <Typography variant="h2" component="h3" sx={{ flex: 1 }} aria-live="polite">
          {data ? `Row ${figure(data.row + 1)}` : 'Row'}
        </Typography>
        <IconButton aria-label="Previous row" disabled={index === 0} onClick={() => onMove(index - 1)}>
          <UpIcon />
        </IconButton>
        <IconButton aria-label="Next row" disabled={index >= total - 1} onClick={() => onMove(index + 1)}>
          <DownIcon />
        </IconButton>
        <IconButton ref={close} aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </Box>
      {error && <Section>{error.message}</Section>}
      {data === null && <Section>This row no longer matches the filter.</Section>}
      {data === undefined && !error && (
        <Section>
          <Waiting>Reading the row …</Waiting>
        </Section>
      )}
      {data && (
        <>
          <Section>
            <StateLabel state={data.state} notFoundAt={data.notFoundAt} />
            {data.reason !== undefined && <Box sx={{ mt: 2, overflowWrap: 'anywhere' }}>{data.reason}</Box>}
          </Section>
          {data.label !== undefined && (
            <Section title="Label">
              <Box sx={{ overflowWrap: 'anywhere' }}>{data.label}</Box>
            </Section>
          )}
          <Section title={`Task ${data.task}${inProject(view, data.project)}`}>
            <SentOnTask view={view} row={data.row} isConnected={isConnected} />
            <Box
              component="a"
              href={data.link}
              target="_blank"
              rel="noopener noreferrer"
              sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5, mt: 2.5 }}
            >
              Open in Label Studio
              <OpenInNewIcon aria-hidden sx={{ fontSize: fontSize.body }} />
            </Box>
          </Section>
          {data.links.length > 0 && (
            <Section title={data.links.length === 1 ? 'Annotation' : 'Annotations'}>
              <Linked links={data.links} />
            </Section>
          )}
          {data.suspects.length > 0 && (
            <Section title="New on this task, and maybe not ours">
              <Linked links={data.suspects} />
            </Section>
          )}
          <Section title="History">
            <RowHistory steps={data.history} />
          </Section>
          {data.sent !== undefined && <Sent json={data.sent} />}
        </>
      )}
    </Box>
  );
}

/** The project, if the plan lists it: only the first ones are listed. */
function inProject({ plan }: RunView, project: number): string {
  const title = plan.projects.find(({ id }) => id === project)?.title;
  return title === undefined ? '' : ` in ${title}`;
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

const Sent = ({ json }: { json: string }) => (
  <Section>
    <details>
      <Box component="summary" sx={{ color: 'primary.main' }}>
        What was sent (JSON)
      </Box>
      <Box
        component="pre"
        tabIndex={0}
        sx={{
          m: 0,
          mt: 2,
          p: 3,
          maxHeight: 320,
          overflow: 'auto',
          bgcolor: 'sunken.main',
          borderRadius: 1,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {json}
      </Box>
    </details>
  </Section>
);

/** A titled section of the row’s details. */
const Section = ({ title, children }: { title?: string; children: ReactNode }) => (
  <Box component="section" aria-label={title} sx={{ px: 5, py: 4 }}>
    {title !== undefined && (
      <Box sx={{ mb: 2, color: 'text.secondary', typography: 'caption', fontWeight: 'fontWeightMedium' }}>
        {title}
      </Box>
    )}
    {children}
  </Box>
);

/** Links to annotations in Label Studio. */
const Linked = ({ links }: { links: { id: number; link: string }[] }) => (
  <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
    {links.map(({ id, link }) => (
      <li key={id}>
        <Box
          component="a"
          href={link}
          target="_blank"
          rel="noopener noreferrer"
          sx={{ fontFamily: 'mono', display: 'inline-flex', alignItems: 'center', gap: 1.5 }}
        >
          {id}
          <OpenInNewIcon aria-hidden sx={{ fontSize: fontSize.body }} />
        </Box>
      </li>
    ))}
  </Box>
);
