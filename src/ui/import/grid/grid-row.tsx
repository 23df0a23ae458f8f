import type { ReactNode } from 'react';
import ErrorIcon from '@mui/icons-material/Error';
import WarningIcon from '@mui/icons-material/WarningAmber';
import type { GridRow } from '#domain/parse/records/grid.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { SeverityLabel } from '#ui/components/feedback/severity-label.tsx';

export interface VisibleColumn {
  column: number;
  left: number;
  width: number;
  name: string;
  /** Taken for nothing. */
  isLeftOut: boolean;
}

interface GridRowViewProps {
  /** Among the rows that are listed. */
  index: number;
  /** In the source, from 1. */
  number: number;
  top: number;
  /** Undefined while it is on its way; its place is kept. */
  row: GridRow | undefined;
  columns: readonly VisibleColumn[];
  wordsOf: (row: GridRow, column: number) => string;
  /** The label that a cell is read as, though it says something else. */
  readAsOf: (row: GridRow, column: number) => string | undefined;
  /** The active cell, if it is in this row, and the element's id by which the grid knows it. */
  activeColumn: number | undefined;
  activeId: string;
  wordsId: string;
  onActive: (column: number) => void;
  onEdit: () => void;
  /** In the place of the active cell, while that is changed. */
  editor: ReactNode;
}

/** One row as it stands in the grid. */
export function GridRowView(props: GridRowViewProps) {
  const { index, number, top, row, columns, wordsOf, readAsOf, activeColumn, editor } = props;
  return (
    <div role="row" aria-rowindex={index + 2} className="row" style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" aria-colindex={1} className="number">
        {figure(number)}
      </div>
      <div role="gridcell" aria-colindex={2} className="state">
        {row ? <RowState row={row} /> : '…'}
      </div>
      {columns.map(({ column, left, width, isLeftOut }) => {
        const isActive = column === activeColumn;
        const severity = row && worstSeverity(row, column);
        const readAs = row && readAsOf(row, column);
        const isEdited = isActive && editor !== undefined;
        return (
          <div
            key={column}
            id={isActive ? props.activeId : undefined}
            role="gridcell"
            aria-colindex={column + 3}
            aria-selected={isActive}
            aria-invalid={severity === 'error' || undefined}
            aria-describedby={isActive ? props.wordsId : undefined}
            className={['cell', severity, isLeftOut && 'left-out', isEdited && 'editing']
              .filter(Boolean)
              .join(' ')}
            style={{ left, width }}
            onClick={() => !isEdited && props.onActive(column)}
            onDoubleClick={() => !isEdited && props.onEdit()}
          >
            {isEdited ? (
              editor
            ) : (
              <>
                <span className="words">
                  {row ? wordsOf(row, column) : '…'}
                  {readAs !== undefined && <span className="read-as"> → {readAs}</span>}
                </span>
                {severity === 'error' && <ErrorIcon className="sign" titleAccess="Error" />}
                {severity === 'warning' && <WarningIcon className="sign" titleAccess="Warning" />}
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

function RowState({ row: { errors, warnings } }: { row: GridRow }) {
  if (errors > 0) return <SeverityLabel severity="error">{count(errors, 'error')}</SeverityLabel>;
  if (warnings > 0) return <SeverityLabel severity="warning">{count(warnings, 'warning')}</SeverityLabel>;
  return 'ok';
}

function worstSeverity({ problems }: GridRow, column: number): 'error' | 'warning' | undefined {
  const here = problems.filter((problem) => problem.column === column);
  if (here.some(({ severity }) => severity === 'error')) return 'error';
  return here.length > 0 ? 'warning' : undefined;
}
