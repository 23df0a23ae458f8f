import { useQuery } from '@tanstack/react-query';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Popover from '@mui/material/Popover';
import type { CheckSummary } from '#domain/check.ts';
import type { ColumnTarget, NamedTarget, PickSeparator } from '#domain/parse/import-settings.ts';
import type { ColumnProfile } from '#domain/parse/mapping/column-profile.ts';
import type { GridColumn } from '#domain/parse/grid/grid-columns.ts';
import type { RowView } from '#engine/batch/calls/grid-calls.ts';
import { limits } from '#wire/limits.ts';
import type { Grid } from '#ui/import/grid/use-grid.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { objectId } from '#ui/state/object-id.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Choice } from './choice.tsx';
import { ColumnValues } from './column-values.tsx';

interface ColumnMenuProps {
  checked: CheckSummary;
  grid: Grid;
  /** The column whose menu is open. */
  column: GridColumn;
  /** The menu’s header cell. */
  anchor: HTMLElement;
  onClose: () => void;
}

/** Controls listed directly; the others are in the list of all targets. */
const maxListed = 6;

/** The menu of a column header: its content and its target. */
export function ColumnMenu({ checked, grid, column, anchor, onClose }: ColumnMenuProps) {
  const profile = useProfile(checked, column.column);
  const choose = useColumnChoice();
  const separatePicks = useSeparatorChoice();
  const { name, target, picks } = column;
  const all = checked.reading?.targets ?? [];
  const more = checked.reading?.moreTargets ?? 0;
  const listed = listedTargets(all, profile, target);
  const { taskMatch } = useNavigation();

  function match() {
    onClose();
    taskMatch.open(name);
  }

  function list(next: RowView) {
    onClose();
    // As in spreadsheets, a new order is shown from its start.
    grid.setView({ ...grid.view, ...next }, { goesToFirst: next.sort !== undefined });
  }

  function take(next: ColumnTarget) {
    onClose();
    if (next !== target) void choose(name, next);
  }

  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      // The header isn’t a Tab stop; the grid takes the focus.
      disableRestoreFocus
      // A portal renders its content later and at once, outside of the transition that opens the menu.
      disablePortal
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': `Column ${name}`, sx: paper } }}
    >
      <ColumnValues
        name={name}
        profile={profile}
        onOnly={(words) => list({ value: { column: column.column, words } })}
      />
      <Box id="column-used-as" sx={heading}>
        Use this column as
      </Box>
      <MenuList aria-labelledby="column-used-as" autoFocusItem variant="selectedMenu" sx={{ py: 0 }}>
        {listed.map(({ target: one, words }) => (
          <MenuItem
            key={one}
            role="menuitemradio"
            aria-checked={one === target}
            selected={one === target}
            onClick={() => take(one)}
            sx={item}
          >
            <CheckIcon sx={{ visibility: one === target ? 'visible' : 'hidden' }} />
            <Box component="span" sx={{ ...oneLine, flex: 1 }}>
              {words}
            </Box>
            <Fit target={one} profile={profile} />
          </MenuItem>
        ))}
        <MenuItem onClick={match} aria-haspopup="dialog" sx={withoutIcon}>
          Match tasks by this column…
        </MenuItem>
        <ListItems grid={grid} column={column.column} onList={list} />
        <WidthItems widths={grid.widths} column={column.column} anchor={anchor} onClose={onClose} />
      </MenuList>
      {picks && (
        <Box sx={choiceBox}>
          <Choice
            label="Several in a cell"
            value={picks.separator}
            options={separators}
            onChange={(separator) => {
              onClose();
              separatePicks(picks.control, separator as PickSeparator);
            }}
          />
        </Box>
      )}
      {all.length > listed.length && (
        <Box sx={choiceBox}>
          <Choice
            label="Another field"
            value={target}
            words={column.words}
            options={all.map((one) => [one.target, one.words])}
            more={more > 0 ? `${count(more, 'more control')}: name a column like one of them` : undefined}
            onChange={(next) => take(next as ColumnTarget)}
          />
        </Box>
      )}
    </Popover>
  );
}

interface ListItemsProps {
  grid: Grid;
  column: number;
  onList: (view: RowView) => void;
}

/** Sorts and filters the listed rows by the column. */
function ListItems({ grid, column, onList }: ListItemsProps) {
  const { view, active, activeText: words } = grid;
  const isSorted = (isDescending: boolean) =>
    view.sort?.column === column && view.sort.isDescending === isDescending;
  const canFilter = active.column === column && words !== undefined && words.length <= limits.shownUnits;
  return (
    <>
      <Divider component="li" />
      {[false, true].map((isDescending) => (
        <MenuItem
          key={String(isDescending)}
          selected={isSorted(isDescending)}
          onClick={() => onList({ sort: isSorted(isDescending) ? undefined : { column, isDescending } })}
          sx={withoutIcon}
        >
          {isDescending ? 'Sort descending' : 'Sort ascending'}
        </MenuItem>
      ))}
      {canFilter && (
        <MenuItem onClick={() => onList({ value: { column, words } })} sx={withoutIcon}>
          <Box component="span" sx={oneLine}>
            Only rows with {words === '' ? 'nothing here' : `“${words}”`}
          </Box>
        </MenuItem>
      )}
    </>
  );
}

interface WidthItemsProps extends Pick<ColumnMenuProps, 'anchor' | 'onClose'> {
  widths: Grid['widths'];
  column: number;
}

function WidthItems({ widths, column, anchor, onClose }: WidthItemsProps) {
  const act = (change: () => void) => () => {
    onClose();
    change();
  };
  return (
    <>
      <Divider component="li" />
      <MenuItem onClick={act(() => widths.fit(column, anchor))} sx={withoutIcon}>
        Fit width to content
      </MenuItem>
      {widths.isResized(column) && (
        <MenuItem onClick={act(() => widths.reset(column))} sx={withoutIcon}>
          Standard width
        </MenuItem>
      )}
    </>
  );
}

/** Sets the target of a column. Another column with this target loses it. */
function useColumnChoice() {
  const { importSettings: settings, history } = useBatch();
  const engine = useEngine();
  return async (name: string, target: ColumnTarget) => {
    const isShared = target === 'nothing' || target.startsWith('label:');
    const others = isShared ? [] : await engine.batch.columnsMappedTo(target);
    const cleared = Object.fromEntries(others.map((other) => [other, 'nothing' as const]));
    void history.read({ ...settings, columns: { ...settings.columns, ...cleared, [name]: target } });
  };
}

/** Sets what divides several picks in the cells of a control. */
function useSeparatorChoice() {
  const { importSettings: settings, history } = useBatch();
  return (control: string, separator: PickSeparator) =>
    void history.read({ ...settings, separators: { ...settings.separators, [control]: separator } });
}

function useProfile(checked: CheckSummary, column: number) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['column-profile', objectId(checked), column],
    queryFn: async () => (await engine.batch.columnProfile(column)) ?? null,
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data ?? undefined;
}

/** The best matches first; targets without matching values can be chosen, too. */
function listedTargets(
  all: readonly NamedTarget[],
  profile: ColumnProfile | undefined,
  chosen: ColumnTarget,
): NamedTarget[] {
  const fits = profile?.fits ?? [];
  const rank = ({ target }: NamedTarget) => {
    const place = fits.findIndex((fit) => fit.target === target);
    return place < 0 ? fits.length : place;
  };
  const controls = all
    .filter(({ target }) => target.startsWith('control:'))
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, maxListed);
  const others = all.filter(({ target }) => target === 'task' || target === 'nothing');
  const isListed = [...controls, ...others].some(({ target }) => target === chosen);
  const own = isListed ? [] : all.filter(({ target }) => target === chosen);
  return [...own, ...controls, ...others.toSorted(({ target }) => (target === 'nothing' ? 1 : -1))];
}

function Fit({ target, profile }: { target: ColumnTarget; profile: ColumnProfile | undefined }) {
  const fit = profile?.fits.find((one) => one.target === target);
  if (profile === undefined || fit === undefined || profile.filled === 0) return null;
  const isAll = fit.rows === profile.filled;
  return (
    <Box
      component="span"
      sx={{ typography: 'caption', color: isAll ? 'success.main' : 'text.secondary', whiteSpace: 'nowrap' }}
    >
      {isAll ? `all ${figure(fit.rows)} fit` : fit.rows === 0 ? 'none fit' : `${figure(fit.rows)} fit`}
    </Box>
  );
}

const separators: [PickSeparator, string][] = [
  ['|', 'Divided by |'],
  [';', 'Divided by ;'],
  [',', 'Divided by ,'],
];

const choiceBox = { px: 4, pt: 2, '& label': { width: 1 } } as const;

const paper = { width: 296, py: 2 } as const;

const heading = { px: 4, pt: 2, pb: 1, typography: 'caption', color: 'text.secondary' } as const;

const item = { gap: 2, px: 2, mx: 1, borderRadius: 1 } as const;

/** In line with the items that may have a check mark. */
const withoutIcon = { ...item, pl: '34px' } as const;
