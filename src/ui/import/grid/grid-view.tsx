import type { PlacedProblem } from '#wire/problem.ts';
import { useId, useState, type Ref } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CheckSummary } from '#domain/check.ts';
import type { GridRow } from '#domain/parse/records/grid.ts';
import type { ResolvedImport, ImportSettings } from '#domain/parse/import-settings.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import { EmptyState } from '#ui/components/feedback/empty-state.tsx';
import { firstLineOf } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import type { OnFix } from '#ui/import/problems/fix-buttons.tsx';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import { MappingBar } from '#ui/import/mapping/mapping-bar.tsx';
import { ProblemsByGroup } from '#ui/import/problems/problems-by-group.tsx';
import type { TextQueue } from '#ui/import/text-queue.ts';
import type { Word } from '#ui/import/use-new-text.ts';
import { CellDetails } from './cell-details.tsx';
import { indexOfRow, type CellPosition } from './grid-position.ts';
import { GridTools } from './grid-tools.tsx';
import { nextProblem } from './next-problem.ts';
import { RowGrid } from './row-grid.tsx';
import { SourceProblems } from './grid-tools.tsx';
import { useCellEdits } from './use-cell-edits.ts';
import { useGridHead, useGridRows } from './use-grid-rows.ts';

export interface GridViewProps {
  text: TextOnScreen;
  checked: CheckSummary;
  queue: TextQueue;
  /** The row that is active. */
  row: number;
  onRow: (row: number) => void;
  reading: ImportSettings;
  history: BatchHistory;
  onFix: OnFix;
  onSay: (word: Word) => void;
  onShowInText: (place: { from: number; to: number }) => void;
  /** Leads to what is wrong with a row. */
  onGoToRow: (row: number) => void;
  /** Writes the batch as a list of requests. */
  onRequests: () => void;
  gridRef: Ref<HTMLElement>;
}

/** A table, or records, as a grid of cells; above it how it is read, below it what is wrong with the active cell. */
export function GridView({ gridRef, ...props }: GridViewProps) {
  const { text, checked, queue, row: activeRow, onRow, reading, history, onSay } = props;
  const engine = useEngine();
  const wordsId = useId();
  const head = useGridHead(checked);
  const edits = useCellEdits(queue, history.changed);
  const [column, setColumn] = useState(0);
  const [first, setFirst] = useState(0);
  const [asked, setAsked] = useState<{ rows?: Uint32Array; of: number }>();

  const understood = checked.reading;
  // What is listed stays while it is mended, as long as the rows are the same.
  const filter = asked?.of === head?.rows ? asked?.rows : undefined;
  const count = filter?.length ?? head?.rows ?? 0;
  const rowAt = (index: number) => filter?.[index] ?? index;
  const active: CellPosition = {
    index: Math.max(0, Math.min(filter ? indexOfRow(filter, activeRow) : activeRow, count - 1)),
    column,
  };
  const read = useGridRows(checked, filter, count, { first, active: active.index });
  if (!understood || !head) return <Box sx={{ p: 6 }}>{<Waiting>Reading the rows …</Waiting>}</Box>;

  const { columns } = understood;
  const wordsOf = (row: GridRow, at: number) =>
    edits.pendingAt({ row: row.row, column: at }) ?? row.cells[at] ?? '';
  // What was just written is not read as anything yet.
  const readAsOf = (row: GridRow, at: number) =>
    edits.pendingAt({ row: row.row, column: at }) === undefined ? row.readAs[at] : undefined;

  function goTo(row: number, at: number) {
    onRow(row);
    setColumn(at);
  }

  async function write(row: number, at: number, words: string) {
    const kept = keptAs(checked, understood!, reading);
    const written = await edits.write({ row, column: at }, words);
    if (!written) return;
    // One changed cell must not let the whole be understood another way. What was said of a text goes with its first line.
    if (written.changesDetection || firstLineOf(written.text) !== firstLineOf(text))
      void history.read(kept, { withLast: true });
  }

  async function takeBack(take: typeof history.undo) {
    const step = await take();
    if (step !== 'gone' && step?.cell) goTo(step.cell.row, step.cell.column);
    return step;
  }
  const historyHere = {
    ...history,
    undo: () => takeBack(history.undo),
    redo: () => takeBack(history.redo),
  };

  async function showOnly(isFiltered: boolean) {
    const of = head!.rows;
    setAsked(isFiltered ? { of } : undefined);
    if (!isFiltered) return;
    const rows = await engine.batch.rowsWithProblems();
    // Somebody may have changed their mind meanwhile.
    setAsked((now) => now && { rows, of });
  }

  async function step(direction: 1 | -1) {
    await queue.settled();
    const from = { row: rowAt(active.index), column: active.column };
    const next = await nextProblem(engine.batch, filter, from, direction);
    if (next) goTo(next.row, next.column ?? active.column);
    else onSay({ words: filter ? 'No problems in these rows.' : 'No problems found.' });
  }

  async function goToProblem(problem: PlacedProblem) {
    const { entry, code, message } = problem;
    if (entry === undefined) return props.onShowInText(problem);
    const [read] = await engine.batch.gridRows([entry]);
    const there = read?.problems.find((one) => one.code === code && one.message === message);
    goTo(entry, there?.column ?? column);
    props.onGoToRow(entry);
  }

  const isReady = checked.rows > 0 && checked.errors === 0;
  return (
    <Box sx={{ height: 1, display: 'flex', flexDirection: 'column', overflow: { xs: 'auto', sm: 'hidden' } }}>
      <MappingBar checked={checked} reading={understood} choice={reading} history={historyHere} />
      {head.rows === 0 ? (
        <EmptyState
          title="No rows yet"
          action={
            <Button variant="outlined" onClick={() => props.onShowInText({ from: 0, to: 0 })}>
              Show the text
            </Button>
          }
        >
          The table has a header, but no rows yet.
        </EmptyState>
      ) : (
        <>
          <GridTools
            checked={checked}
            rows={head.rows}
            isFiltered={asked?.of === head.rows}
            onFiltered={(isFiltered) => void showOnly(isFiltered)}
            onStep={(direction) => void step(direction)}
            onRequests={isReady ? props.onRequests : undefined}
            byKind={
              <ProblemsByGroup
                checked={checked}
                onGoTo={(problem) => void goToProblem(problem)}
                onFix={props.onFix}
              />
            }
          />
          <SourceProblems checked={checked} />
          <RowGrid
            ref={gridRef}
            columns={columns}
            targets={columns.map(({ target }) => wordsFor(understood, target))}
            options={head.options}
            count={count}
            rowAt={rowAt}
            read={read}
            wordsOf={wordsOf}
            readAsOf={readAsOf}
            active={active}
            onActive={(place) => goTo(rowAt(place.index), place.column)}
            onFirst={setFirst}
            onWrite={(row, at, words) => void write(row, at, words)}
            history={historyHere}
            onStep={(direction) => void step(direction)}
            onSay={(words) => onSay({ words })}
            wordsId={wordsId}
          />
          {count === 0 && (
            <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
              No problems found.
            </Box>
          )}
          <CellDetails
            id={wordsId}
            row={count > 0 ? read(rowAt(active.index)) : undefined}
            column={column}
            name={columns[column]?.name ?? ''}
            listed={checked.problems}
            onFix={props.onFix}
          />
        </>
      )}
    </Box>
  );
}

const wordsFor = ({ targets }: ResolvedImport, target: string) =>
  targets.find((one) => one.target === target)?.words ?? '';

/** The choice that says all of what was found out so far. */
function keptAs(
  { shape }: CheckSummary,
  { dialect, columns }: ResolvedImport,
  choice: ImportSettings,
): ImportSettings {
  const targets = Object.fromEntries(columns.map(({ name, target }) => [name, target]));
  return { ...choice, format: shape === 'table' ? 'table' : 'records', ...dialect, columns: targets };
}
