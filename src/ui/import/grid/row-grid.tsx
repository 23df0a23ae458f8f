import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import { useForkRef } from '@mui/material/utils';
import type { CellOption, GridRow } from '#domain/parse/records/grid.ts';
import type { ColumnReading } from '#domain/parse/import-settings.ts';
import { undoActionOfKey } from '#ui/import/history/undo-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import { CellEditor, type Onward } from './cell-editor.tsx';
import { GridRowView } from './grid-row.tsx';
import { columnWidth, gridStyle, headHeight, numberWidth, rowHeight, stateWidth } from './grid-styles.ts';
import { positionAfterKey, clampPosition, type CellPosition } from './grid-position.ts';
import { useClipboard } from './use-clipboard.ts';

interface RowGridProps {
  columns: readonly ColumnReading[];
  /** What each column is taken for, in words. */
  targets: readonly string[];
  options: readonly (readonly CellOption[])[];
  /** How many rows are listed. */
  count: number;
  /** The row that is listed there. */
  rowAt: (index: number) => number;
  /** Undefined while it is on its way. */
  read: (row: number) => GridRow | undefined;
  /** What a cell says, with what was written last. */
  wordsOf: (row: GridRow, column: number) => string;
  readAsOf: (row: GridRow, column: number) => string | undefined;
  active: CellPosition;
  onActive: (place: CellPosition) => void;
  /** The first row in sight. */
  onFirst: (index: number) => void;
  onWrite: (row: number, column: number, words: string) => void;
  history: Pick<BatchHistory, 'undo' | 'redo'>;
  onStep: (direction: 1 | -1) => void;
  /** Says why something cannot be done. */
  onSay: (words: string) => void;
  /** What is said of the active cell elsewhere. */
  wordsId: string;
  ref: Ref<HTMLElement>;
}

interface Editing extends CellPosition {
  words: string;
  typed?: string;
}

/**
 * Rows and columns of any number, of which only what is in sight is drawn. It is one stop for Tab; the focus stays on the
 * grid itself, so that no cell scrolled away can take it along, and goes into a cell only while that is changed.
 */
export function RowGrid(props: RowGridProps) {
  const { columns, targets, options, count, rowAt, read, wordsOf, active, onActive, wordsId } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLElement>(null);
  const gridRef = useForkRef(own, props.ref);
  const [editing, setEditing] = useState<Editing>();
  const at = clampPosition(active, { rows: count, columns: columns.length, page: 1 });

  // What they return goes to no memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => withActive(range, at.index),
    onChange: ({ range }) => range && props.onFirst(range.startIndex),
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (column) => columnWidth(columns[column]!.target),
    overscan: 2,
    scrollMargin: numberWidth + stateWidth,
    scrollPaddingStart: numberWidth,
    rangeExtractor: (range) => withActive(range, at.column),
  });

  // Columns that hold something else have another width.
  const widths = columns.map(({ target }) => columnWidth(target)).join(' ');
  useLayoutEffect(() => across.measure(), [across, widths]);
  useEffect(() => rows.scrollToIndex(at.index), [rows, at.index]);
  useEffect(() => across.scrollToIndex(at.column), [across, at.column]);

  function extent() {
    const height = (scroller.current?.clientHeight ?? 0) - headHeight;
    return { rows: count, columns: columns.length, page: Math.max(1, Math.floor(height / rowHeight) - 1) };
  }
  const go = (index: number, column: number) => onActive(clampPosition({ index, column }, extent()));

  /** The active cell, if it can be changed; else says why it cannot. */
  function changeable(): { row: GridRow; words: string } | undefined {
    const row = read(rowAt(at.index));
    if (row === undefined) return undefined;
    if (!row.isWritable) props.onSay('This isn’t a record, so it has no cells. Fix it in the text.');
    else if (row.cut.includes(at.column))
      props.onSay('This cell is too long to edit or copy here. Use the text view.');
    else return { row, words: wordsOf(row, at.column) };
    return undefined;
  }

  function edit(typed?: string) {
    const cell = changeable();
    if (cell) setEditing({ ...at, words: cell.words, ...(typed !== undefined && { typed }) });
  }

  function write(words: string) {
    const cell = changeable();
    if (cell && cell.words !== words) props.onWrite(cell.row.row, at.column, words);
  }

  function take(words: string, onward: Onward) {
    if (editing && words !== editing.words) props.onWrite(rowAt(editing.index), editing.column, words);
    leave(onward !== 'stay');
    if (onward === 'down' || onward === 'up') go(at.index + (onward === 'down' ? 1 : -1), at.column);
    if (onward === 'right' || onward === 'left') go(at.index, at.column + (onward === 'right' ? 1 : -1));
  }

  function leave(takesFocus: boolean) {
    setEditing(undefined);
    if (takesFocus) own.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // What is pressed in the cell that is being changed is its own.
    if (event.target !== event.currentTarget || count === 0) return;
    const place = positionAfterKey(event, at, extent());
    const work = place ? () => onActive(place) : workOf(event);
    if (work === undefined) return;
    event.preventDefault();
    work();
  }

  function workOf(event: KeyboardEvent): (() => void) | undefined {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return undoActionOfKey(event, props.history);
    if (key === 'F8') return () => props.onStep(shiftKey ? -1 : 1);
    if (key === 'Enter' || key === 'F2') return () => edit();
    if (key === 'Delete' || key === 'Backspace') return () => write('');
    return key.length === 1 ? () => edit(key) : undefined;
  }

  function copied(): string | undefined {
    const row = read(rowAt(at.index));
    if (row?.cut.includes(at.column)) changeable();
    return row && !row.cut.includes(at.column) ? wordsOf(row, at.column) : undefined;
  }

  function paste(text: string) {
    const words = text.replace(/\r?\n$/, '');
    if (/[\t\n\r]/.test(words))
      props.onSay('Paste one cell at a time here. To paste several, use the text view.');
    else write(words);
  }
  useClipboard(own, { copy: copied, paste });

  const drawn = across.getVirtualItems().map(({ index, start, size }) => ({
    column: index,
    left: start,
    width: size,
    name: columns[index]!.name,
    isLeftOut: columns[index]!.target === 'nothing',
  }));
  const width = numberWidth + stateWidth + across.getTotalSize();

  return (
    <Box ref={scroller} sx={scrollerLook}>
      <Box
        ref={gridRef}
        role="grid"
        aria-label="Rows"
        aria-rowcount={count + 1}
        aria-colcount={columns.length + 2}
        aria-activedescendant={count > 0 ? `${id}-active` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        sx={gridStyle}
        style={{ width, height: headHeight + rows.getTotalSize() }}
      >
        <div role="rowgroup" className="head">
          <div role="row" aria-rowindex={1} className="row">
            <div role="columnheader" aria-colindex={1} className="number">
              Row
            </div>
            <div role="columnheader" aria-colindex={2} className="state">
              State
            </div>
            {drawn.map(({ column, left, width: wide, name }) => (
              <div
                key={column}
                role="columnheader"
                aria-colindex={column + 3}
                className="cell"
                title={name}
                style={{ left, width: wide }}
              >
                <div>{name}</div>
                <div className="what">{targets[column]}</div>
              </div>
            ))}
          </div>
        </div>
        {count > 0 && (
          <div role="rowgroup" className="body" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const row = rowAt(index);
              return (
                <GridRowView
                  key={row}
                  index={index}
                  number={row + 1}
                  top={start - headHeight}
                  row={read(row)}
                  columns={drawn}
                  wordsOf={wordsOf}
                  readAsOf={props.readAsOf}
                  activeColumn={index === at.index ? at.column : undefined}
                  activeId={`${id}-active`}
                  wordsId={wordsId}
                  onActive={(column) => go(index, column)}
                  onEdit={() => edit()}
                  editor={
                    editing?.index === index && editing.column === at.column ? (
                      <CellEditor
                        label={`Row ${row + 1}, ${columns[at.column]!.name}`}
                        words={editing.words}
                        typed={editing.typed}
                        options={options[at.column] ?? []}
                        onTake={take}
                        onCancel={() => leave(true)}
                      />
                    ) : undefined
                  }
                />
              );
            })}
          </div>
        )}
      </Box>
    </Box>
  );
}

/** What is in sight, and the active one wherever it is: it is what the focus points at. */
function withActive(range: Range, active: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (active >= range.count || inSight.includes(active)) return inSight;
  return active < (inSight[0] ?? 0) ? [active, ...inSight] : [...inSight, active];
}

const scrollerLook = {
  flex: 1,
  minHeight: { xs: 240, sm: 180 },
  overflow: 'auto',
  overscrollBehavior: 'contain',
  bgcolor: 'background.paper',
} as const;
