import { useEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import type { OptionRow } from '#domain/form/option-rows.ts';
import { figure } from '#ui/components/numbers.ts';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';
import { toggled } from './toggled.ts';
import { useOptionLabels, useOptions } from './use-options.ts';

/** A tree with search, and the picked paths above it. */
export function PathsAnswer(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const tree = usePathTree(props);
  return (
    <AnswerField {...props} htmlFor={`${ids.label}-search`}>
      {tree.paths.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
          {tree.paths.map((path, index) => (
            <Chip
              key={JSON.stringify(path)}
              size="small"
              label={tree.labels[index]?.join(' › ')}
              onDelete={() =>
                onChange(values.filter((value) => JSON.stringify(value) !== JSON.stringify(path)))
              }
              sx={{ maxWidth: '100%' }}
            />
          ))}
        </Box>
      )}
      <OutlinedInput
        id={`${ids.label}-search`}
        name={nameOf(input)}
        type="search"
        value={tree.sought}
        onChange={({ target }) => tree.search(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Enter') void tree.pickFirstMatch();
          else tree.goToFirstMatch();
        }}
        placeholder="Search"
        slotProps={{ input: { 'aria-describedby': ids.below, 'aria-controls': `${ids.label}-tree` } }}
      />
      <PathTree tree={tree} answer={props} />
    </AnswerField>
  );
}

/** The visible rows of the tree, its cursor and the picked paths. */
function usePathTree({ input, values, onChange, ids }: AnswerProps) {
  const paths = values.map((value) => [value].flat());
  const labels = useOptionLabels(input, paths);
  const [sought, setSought] = useState('');
  const [unfolded, setUnfolded] = useState<readonly string[]>([]);
  const [active, setActive] = useState(0);

  const words = sought.trim();
  const { options, read } = useOptions(input, { search: words, unfolded: words === '' ? unfolded : [] });
  const { rows } = options;
  const current = Math.min(active, rows.length - 1);
  const mayPick = (row: OptionRow) => !input.leafsOnly || !row.hasChildren;

  const pick = (row: OptionRow) => {
    if (mayPick(row)) onChange(toggled(input, values, row.path));
    else unfold(row, !row.isUnfolded);
  };

  function unfold(row: OptionRow, isUnfolded: boolean) {
    const key = keyOf(row);
    setUnfolded(isUnfolded ? [...unfolded, key] : unfolded.filter((other) => other !== key));
  }

  function onKeyDown(event: KeyboardEvent) {
    const node = rows[current];
    if (!node) return;
    const go = (row: number) => {
      event.preventDefault();
      const within = Math.max(0, Math.min(row, rows.length - 1));
      setActive(within);
    };
    switch (event.key) {
      case 'ArrowDown':
        return go(current + 1);
      case 'ArrowUp':
        return go(current - 1);
      case 'Home':
        return go(0);
      case 'End':
        return go(rows.length - 1);
      case 'ArrowRight':
        event.preventDefault();
        return node.hasChildren && !node.isUnfolded
          ? unfold(node, true)
          : go(current + (node.hasChildren ? 1 : 0));
      case 'ArrowLeft':
        event.preventDefault();
        if (node.isUnfolded && words === '') return unfold(node, false);
        return go(rows.findLastIndex(({ path }, row) => row < current && path.length < node.path.length));
      case ' ':
      case 'Enter':
        event.preventDefault();
        return pick(node);
    }
  }

  function isPicked({ path }: OptionRow) {
    return paths.some((one) => JSON.stringify(one) === JSON.stringify(path));
  }

  /** Arrow Down moves from the search to the first match in the tree. */
  function goToFirstMatch() {
    const first = rows.findIndex((row) => mayPick(row) && row.isMatch);
    setActive(Math.max(0, first));
    document.getElementById(`${ids.label}-tree`)?.focus();
  }

  /** Enter picks the first match. */
  async function pickFirstMatch() {
    if (words === '') return;
    const found = await read({ search: words, unfolded: [] });
    const first = found.rows.find((row) => mayPick(row) && row.isMatch);
    if (first) pick(first);
  }

  function search(text: string) {
    setSought(text);
    setActive(0);
  }

  return {
    paths,
    labels,
    sought,
    search,
    rows,
    /** Number of unlisted rows. */
    hidden: options.found - rows.length,
    current,
    setActive,
    pick,
    unfold,
    mayPick,
    isPicked,
    onKeyDown,
    goToFirstMatch,
    pickFirstMatch,
  };
}

interface PathTreeProps {
  tree: ReturnType<typeof usePathTree>;
  answer: AnswerProps;
}

/** Renders only visible rows. */
function PathTree({ tree, answer }: PathTreeProps) {
  const { input, ids } = answer;
  const { rows, current, sought, hidden } = tree;
  const scroller = useRef<HTMLDivElement>(null);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(rows[index]!),
    estimateSize: () => rowHeight,
    initialRect: { width: 0, height: treeStyle.maxHeight },
    overscan: 8,
  });
  useEffect(() => {
    if (current >= 0) view.scrollToIndex(current);
  }, [view, current]);
  const drawn = view.getVirtualItems();
  return (
    <Box
      ref={scroller}
      id={`${ids.label}-tree`}
      role="tree"
      aria-label={`${input.name}, as a tree`}
      aria-multiselectable={input.several}
      aria-activedescendant={
        drawn.some(({ index }) => index === current) ? `${ids.label}-${current}` : undefined
      }
      tabIndex={0}
      onKeyDown={tree.onKeyDown}
      sx={treeStyle}
    >
      <Box role="presentation" sx={{ position: 'relative' }} style={{ height: view.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => (
          <PathTreeItem
            key={key}
            ref={view.measureElement}
            row={index}
            top={start}
            tree={tree}
            answer={answer}
          />
        ))}
      </Box>
      {rows.length === 0 && (
        <Box sx={{ p: 2, color: 'text.secondary' }}>Nothing has “{sought.trim()}” in its name.</Box>
      )}
      {hidden > 0 && (
        <Box sx={{ p: 2, color: 'text.secondary' }}>{figure(hidden)} more. Search to narrow them down.</Box>
      )}
    </Box>
  );
}

interface PathTreeItemProps extends PathTreeProps {
  row: number;
  /** In px. */
  top: number;
  ref: Ref<HTMLElement>;
}

function PathTreeItem({ row, top, ref, tree, answer: { input, ids } }: PathTreeItemProps) {
  const { current, setActive, pick, unfold, mayPick, isPicked } = tree;
  const node = tree.rows[row]!;
  const Button = input.several ? Checkbox : Radio;
  return (
    <Box
      id={`${ids.label}-${row}`}
      ref={ref}
      data-index={row}
      role="treeitem"
      aria-level={node.path.length}
      aria-setsize={node.siblings}
      aria-posinset={node.position}
      aria-expanded={node.hasChildren ? node.isUnfolded : undefined}
      aria-checked={mayPick(node) ? isPicked(node) : undefined}
      aria-selected={row === current}
      data-active={row === current}
      onClick={() => {
        setActive(row);
        pick(node);
      }}
      sx={{ pl: 2 + 5 * (node.path.length - 1) }}
      style={{ transform: `translateY(${top}px)` }}
    >
      <Box
        component="span"
        aria-hidden
        onClick={(event) => {
          if (!node.hasChildren) return;
          event.stopPropagation();
          setActive(row);
          unfold(node, !node.isUnfolded);
        }}
        sx={{ width: 20, flex: 'none', textAlign: 'center', color: 'text.secondary' }}
      >
        {node.hasChildren && (node.isUnfolded ? '▾' : '▸')}
      </Box>
      {mayPick(node) && (
        <Button
          size="small"
          checked={isPicked(node)}
          tabIndex={-1}
          slotProps={{ input: { 'aria-hidden': true, tabIndex: -1 } }}
          sx={{ p: 1, pointerEvents: 'none' }}
        />
      )}
      <span>{node.label}</span>
      {node.label !== node.path.at(-1) && (
        <Box component="code" sx={{ color: 'text.secondary' }}>
          {node.path.at(-1)}
        </Box>
      )}
    </Box>
  );
}

const rowHeight = 32;

const keyOf = ({ path }: OptionRow) => JSON.stringify(path);

const treeStyle = {
  mt: 1,
  maxHeight: 264,
  overflow: 'auto',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  '& [role=treeitem]': {
    display: 'flex',
    alignItems: 'center',
    gap: 1,
    pr: 2,
    minHeight: rowHeight,
    position: 'absolute',
    left: 0,
    right: 0,
    cursor: 'pointer',
    '&:hover': { bgcolor: 'action.hover' },
  },
  '&:focus-visible [data-active=true]': {
    bgcolor: 'sunken.main',
    boxShadow: 'inset 3px 0 var(--sheaf-palette-wheat-main)',
  },
} as const;
