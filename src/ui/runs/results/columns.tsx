import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import type { OwnCell } from '#engine/runs/calls/result-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { StateLabel } from '#ui/runs/state-label.tsx';
import type { OwnColumn } from './use-own-columns.ts';

/** The data for a row’s cells. */
export interface CellData {
  row: ResultRow;
  /** The main data field of its task; undefined until read. */
  text: string | undefined;
  /** Cells of the submitted file’s columns; undefined until read. */
  own: OwnCell[] | undefined;
}

export interface Column {
  /** Unique; also the class of its cells. */
  id: string;
  title: string;
  sortsBy?: RowQuery['sort']['by'];
  isNumber: boolean;
  /** Hidden in a narrow window, where the reasons above the table have the same content. */
  isWideOnly: boolean;
  /** Minimum width in px, and share of the remaining width. */
  width: [min: number, share: number];
  cell: (data: CellData) => ReactNode;
}

/** The columns of a table: fixed ones, the tasks’ text if available, and chosen columns of the file. */
export function columnsOf(hasText: boolean, own: readonly OwnColumn[]): Column[] {
  return [
    ...before,
    ...(hasText ? [text] : []),
    label,
    ...own.map(({ name, column }, index): Column => ({
      id: `own-${column}`,
      title: name,
      isNumber: false,
      isWideOnly: true,
      width: [120, 0.6],
      cell: (data) => <Own cell={data.own?.[index]} />,
    })),
    ...after,
  ];
}

const before: Column[] = [
  {
    id: 'row',
    title: 'Row',
    sortsBy: 'source',
    isNumber: true,
    isWideOnly: true,
    width: [72, 0],
    cell: ({ row: { row } }) => figure(row + 1),
  },
  {
    id: 'task',
    title: 'Task',
    sortsBy: 'task',
    isNumber: true,
    isWideOnly: false,
    width: [92, 0],
    cell: ({ row: { task } }) => task,
  },
];

const text: Column = {
  id: 'text',
  title: 'Text',
  isNumber: false,
  isWideOnly: true,
  width: [140, 1.4],
  cell: ({ text: words }) => (
    <Box component="span" title={words} sx={{ color: 'text.secondary' }}>
      {words ?? '…'}
    </Box>
  ),
};

const label: Column = {
  id: 'label',
  title: 'Label',
  isNumber: false,
  isWideOnly: false,
  width: [120, 0.9],
  cell: ({ row: { label: words } }) => (words === undefined ? none : <span title={words}>{words}</span>),
};

const after: Column[] = [
  {
    id: 'annotation',
    title: 'Annotation',
    sortsBy: 'annotation',
    isNumber: true,
    isWideOnly: false,
    width: [104, 0.3],
    cell: ({ row }) => <Annotations row={row} />,
  },
  {
    id: 'state',
    title: 'State',
    sortsBy: 'state',
    isNumber: false,
    isWideOnly: false,
    width: [186, 0],
    cell: ({ row: { state, notFoundAt } }) => <StateLabel state={state} notFoundAt={notFoundAt} />,
  },
  {
    id: 'reason',
    title: 'Reason',
    isNumber: false,
    isWideOnly: true,
    width: [120, 1],
    cell: ({ row: { reason } }) => <span title={reason}>{reason}</span>,
  },
];

function Own({ cell }: { cell: OwnCell | undefined }) {
  if (!cell) return '…';
  const cut = cell.length === undefined ? '' : ` … (${count(cell.length, 'character')})`;
  return <span title={cell.text + cut}>{cell.text}</span>;
}

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

/** The row’s link opens its first annotation; this gives the link to another one. */
function linkTo(link: string, annotation: number) {
  const url = new URL(link);
  url.searchParams.set('annotation', String(annotation));
  return url.href;
}
