import ErrorIcon from '@mui/icons-material/Error';
import WarningIcon from '@mui/icons-material/WarningAmber';
import type { GridCell } from '#domain/parse/grid/shown-cells.ts';
import type { GridColumn } from '#domain/parse/grid/grid-columns.ts';
import type { GridRow } from '#domain/parse/grid/grid-rows.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { firstColumn } from './grid-styles.ts';
import { CellEditor } from './cell-editor.tsx';
import type { CellEditing } from './use-cell-editing.ts';
import type { Grid } from './use-grid.ts';

export interface VisibleColumn {
  column: number;
  left: number;
  width: number;
  /** Undefined while loading. */
  reading: GridColumn | undefined;
}

interface GridRowViewProps {
  grid: Grid;
  cells: CellEditing;
  /** Index among the listed rows. */
  index: number;
  top: number;
  columns: readonly VisibleColumn[];
  /** The element id of the active cell. */
  activeId: string;
}

/** One row of the grid. Its height is reserved while it is loading. */
export function GridRowView({ top, columns, ...cell }: GridRowViewProps) {
  const { grid, index } = cell;
  const row = grid.read(grid.rowAt(index));
  return (
    <div role="row" aria-rowindex={index + 2} className="row" style={{ transform: `translateY(${top}px)` }}>
      <RowNumber number={figure(grid.rowAt(index) + 1)} row={row} />
      {columns.map((column) => (
        <Cell key={column.column} {...cell} row={row} column={column} />
      ))}
    </div>
  );
}

interface CellProps extends Omit<GridRowViewProps, 'top' | 'columns'> {
  row: GridRow | undefined;
  column: VisibleColumn;
}

function Cell({ grid, cells, index, activeId, row, column: { column, left, width, reading } }: CellProps) {
  const { at, editing } = cells;
  const isActive = index === at.index && column === at.column;
  const isEdited = isActive && editing?.index === index && editing.column === column;
  const severity = row && worstSeverity(row, column);
  const isIgnored = reading?.target === 'nothing';
  return (
    <div
      id={isActive ? activeId : undefined}
      role="gridcell"
      aria-colindex={column + firstColumn}
      aria-selected={isActive}
      aria-invalid={severity === 'error' || undefined}
      aria-describedby={isActive ? grid.detailsId : undefined}
      className={['cell', severity, isIgnored && 'ignored', isEdited && 'editing'].filter(Boolean).join(' ')}
      style={{ left, width }}
      onClick={() => !isEdited && cells.go(index, column)}
      onDoubleClick={() => !isEdited && cells.edit()}
    >
      {isEdited ? (
        <CellEditor
          label={`Row ${grid.rowAt(index) + 1}, ${reading?.name ?? ''}`}
          words={editing.words}
          typed={editing.typed}
          options={reading?.options ?? []}
          onTake={cells.commit}
          onCancel={cells.cancel}
        />
      ) : (
        <CellText cell={grid.cellAt(grid.rowAt(index), column)} severity={severity} />
      )}
    </div>
  );
}

interface CellTextProps {
  cell: GridCell | undefined;
  severity: 'error' | 'warning' | undefined;
}

function CellText({ cell, severity }: CellTextProps) {
  return (
    <>
      <span className="words">
        <span className={cell?.readAs === undefined ? undefined : 'was'}>
          {cell?.regions ?? cell?.text ?? '…'}
        </span>
        {cell?.regions === undefined && cell?.length !== undefined && '…'}
        {cell?.readAs !== undefined && <span> → {cell.readAs}</span>}
      </span>
      {severity === 'error' && <ErrorIcon className="sign" titleAccess="Error" />}
      {severity === 'warning' && <WarningIcon className="sign" titleAccess="Warning" />}
    </>
  );
}

/** The row number, with a mark if the row has problems. */
function RowNumber({ number, row }: { number: string; row: GridRow | undefined }) {
  const { errors = 0, warnings = 0 } = row ?? {};
  const state = errors > 0 ? count(errors, 'error') : warnings > 0 ? count(warnings, 'warning') : undefined;
  const Icon = errors > 0 ? ErrorIcon : WarningIcon;
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      aria-label={state === undefined ? number : `${number}, ${state}`}
      className="number"
      title={state}
    >
      {state !== undefined && <Icon className={`sign ${errors > 0 ? 'error' : 'warning'}-sign`} />}
      {number}
    </div>
  );
}

function worstSeverity({ problems }: GridRow, column: number): 'error' | 'warning' | undefined {
  const here = problems.filter((problem) => problem.column === column);
  if (here.some(({ severity }) => severity === 'error')) return 'error';
  return here.length > 0 ? 'warning' : undefined;
}
