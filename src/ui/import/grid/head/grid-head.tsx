import { useRef, type PointerEvent } from 'react';
import AscendingIcon from '@mui/icons-material/ArrowUpward';
import DescendingIcon from '@mui/icons-material/ArrowDownward';
import ExpandIcon from '@mui/icons-material/ArrowDropDown';
import type { GridColumn } from '#domain/parse/grid/grid-columns.ts';
import type { RowSort } from '#domain/parse/grid/list-rows.ts';
import type { VisibleColumn } from '#ui/import/grid/grid-row.tsx';
import { firstColumn } from '#ui/import/grid/grid-styles.ts';
import type { ColumnWidths } from './use-column-widths.ts';

interface GridHeadProps {
  columns: readonly VisibleColumn[];
  widths: ColumnWidths;
  sort: RowSort | undefined;
  /** The column whose menu is open. */
  open: number | undefined;
  onMenu: (column: number, anchor: HTMLElement) => void;
}

/** Names and targets of the columns. The grid is one Tab stop, so a key opens the menus, too. */
export function GridHead({ columns, widths, sort, open, onMenu }: GridHeadProps) {
  return (
    <div role="rowgroup" className="head">
      <div role="row" aria-rowindex={1} className="row">
        <div role="columnheader" aria-colindex={1} className="number">
          Row
        </div>
        {columns.map(({ column, left, width, reading }) => (
          <div
            key={column}
            role="columnheader"
            aria-colindex={column + firstColumn}
            aria-sort={sort?.column === column ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
            className="cell"
            title={reading?.name}
            style={{ left, width }}
          >
            {reading && (
              <button
                type="button"
                tabIndex={-1}
                aria-haspopup="dialog"
                aria-expanded={open === column}
                className={reading.target === 'nothing' ? 'unused' : undefined}
                onClick={({ currentTarget }) => onMenu(column, currentTarget)}
              >
                <span className="title">
                  <span>{reading.name}</span>
                  {sort?.column === column && (sort.isDescending ? <DescendingIcon /> : <AscendingIcon />)}
                  <ExpandIcon />
                </span>
                <span className="what">{targetLabel(reading)}</span>
              </button>
            )}
            <Edge column={column} widths={widths} />
          </div>
        ))}
      </div>
    </div>
  );
}

const targetLabel = ({ target, words }: GridColumn) => (target === 'nothing' ? 'Ignored' : `↳ ${words}`);

/** The right edge of a header, which is dragged. Keys and the column’s menu do the same. */
function Edge({ column, widths }: { column: number; widths: ColumnWidths }) {
  const drag = useRef<{ at: number; width: number }>(undefined);
  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { at: event.clientX, width: widths.widthOf(column) };
  }
  function onPointerMove({ clientX, currentTarget }: PointerEvent<HTMLElement>) {
    const from = drag.current;
    if (from) widths.set(column, from.width + clientX - from.at, currentTarget);
  }
  const end = () => {
    drag.current = undefined;
  };
  return (
    <span
      aria-hidden
      className="edge"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={({ currentTarget }) => widths.fit(column, currentTarget)}
    />
  );
}
