import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import { figure } from '#ui/components/numbers.ts';
import { StateLabel } from '#ui/runs/state-label.tsx';

export interface Column {
  title: string;
  sortsBy?: RowQuery['sort']['by'];
  isNumber: boolean;
  /** Hidden in a narrow window; the reasons above the table have the same content. */
  isWideOnly: boolean;
  cell: (row: ResultRow) => ReactNode;
}

export const columns: Column[] = [
  {
    title: 'Row',
    sortsBy: 'source',
    isNumber: true,
    isWideOnly: true,
    cell: ({ row }) => figure(row + 1),
  },
  { title: 'Task', sortsBy: 'task', isNumber: true, isWideOnly: false, cell: ({ task }) => task },
  {
    title: 'Label',
    isNumber: false,
    isWideOnly: false,
    cell: ({ label }) => (label === undefined ? none : <span title={label}>{label}</span>),
  },
  {
    title: 'Annotation',
    sortsBy: 'annotation',
    isNumber: true,
    isWideOnly: false,
    cell: (row) => <Annotations row={row} />,
  },
  {
    title: 'State',
    sortsBy: 'state',
    isNumber: false,
    isWideOnly: false,
    cell: ({ state, notFoundAt }) => <StateLabel state={state} notFoundAt={notFoundAt} />,
  },
  {
    title: 'Reason',
    isNumber: false,
    isWideOnly: true,
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
];

const none = (
  <Box component="span" sx={{ color: 'text.secondary' }}>
    –
  </Box>
);

function Annotations({ row: { annotations, link } }: { row: ResultRow }) {
  if (annotations.length === 0) return none;
  return annotations.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      {link === undefined ? (
        id
      ) : (
        <a href={linkTo(link, id)} target="_blank" rel="noopener noreferrer">
          {id}
        </a>
      )}
    </span>
  ));
}

/** The row's link opens its first annotation; this gives the link to another one. */
function linkTo(link: string, annotation: number) {
  const url = new URL(link);
  url.searchParams.set('annotation', String(annotation));
  return url.href;
}
