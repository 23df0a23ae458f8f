import { useState, type KeyboardEvent } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import { figure } from '#ui/components/numbers.ts';
import { AnswerField, nameOf, type AnswerProps } from './answer-field.tsx';
import { toggled } from './toggled.ts';
import { labelsOf, matching, visibleNodes, type TreeNode } from './tree.ts';

/** Beyond this many rows, users search instead. */
const maxRows = 200;

/** A tree with search, and the picked paths above it. */
export function PathsAnswer(props: AnswerProps) {
  const { input, values, onChange, ids } = props;
  const tree = usePathTree(props);
  return (
    <AnswerField {...props} htmlFor={`${ids.label}-search`}>
      {tree.paths.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
          {tree.paths.map((path) => (
            <Chip
              key={JSON.stringify(path)}
              size="small"
              label={labelsOf(input.options, path).join(' › ')}
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
          if (event.key === 'ArrowDown' || (event.key === 'Enter' && tree.rows.length > 0))
            tree.onKeyDownInSearch(event);
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
  const [sought, setSought] = useState('');
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);

  const words = sought.trim().toLowerCase();
  const all = words === '' ? visibleNodes(input.options, unfolded) : matching(input.options, words);
  const rows = all.slice(0, maxRows);
  const current = Math.min(active, rows.length - 1);
  const mayPick = (node: TreeNode) => !input.leafsOnly || !node.hasChildren;

  const pick = (node: TreeNode) => {
    if (mayPick(node)) onChange(toggled(input, values, node.path));
    else unfold(node, !node.isUnfolded);
  };

  function unfold({ key }: TreeNode, isUnfolded: boolean) {
    const next = new Set(unfolded);
    if (isUnfolded) next.add(key);
    else next.delete(key);
    setUnfolded(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    const node = rows[current];
    if (!node) return;
    const go = (row: number) => {
      event.preventDefault();
      const within = Math.max(0, Math.min(row, rows.length - 1));
      setActive(within);
      document.getElementById(`${ids.label}-${within}`)?.scrollIntoView({ block: 'nearest' });
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
        return go(rows.findLastIndex(({ level }, row) => row < current && level < node.level));
      case ' ':
      case 'Enter':
        event.preventDefault();
        return pick(node);
    }
  }

  function isPicked({ path }: TreeNode) {
    return paths.some((one) => JSON.stringify(one) === JSON.stringify(path));
  }

  /** Arrow Down goes from the search into the tree; Enter picks the first match. */
  function onKeyDownInSearch(event: KeyboardEvent) {
    event.preventDefault();
    const first = rows.findIndex((node) => words !== '' && mayPick(node) && node.isMatch);
    setActive(Math.max(0, first));
    if (event.key === 'Enter' && first >= 0) pick(rows[first]!);
    else document.getElementById(`${ids.label}-tree`)?.focus();
  }

  function search(text: string) {
    setSought(text);
    setActive(0);
  }

  return {
    paths,
    sought,
    search,
    rows,
    /** Number of matches that aren't shown. */
    hidden: all.length - rows.length,
    current,
    setActive,
    pick,
    unfold,
    mayPick,
    isPicked,
    onKeyDown,
    onKeyDownInSearch,
  };
}

interface PathTreeProps {
  tree: ReturnType<typeof usePathTree>;
  answer: AnswerProps;
}

function PathTree({ tree, answer }: PathTreeProps) {
  const { input, ids } = answer;
  const { rows, current, sought, hidden } = tree;
  return (
    <Box
      id={`${ids.label}-tree`}
      role="tree"
      aria-label={`${input.name}, as a tree`}
      aria-multiselectable={input.several}
      aria-activedescendant={rows.length > 0 ? `${ids.label}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={tree.onKeyDown}
      sx={treeStyle}
    >
      {rows.map((node, row) => (
        <PathTreeItem key={node.key} node={node} row={row} tree={tree} answer={answer} />
      ))}
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
  node: TreeNode;
  row: number;
}

function PathTreeItem({ node, row, tree, answer: { input, ids } }: PathTreeItemProps) {
  const { current, setActive, pick, unfold, mayPick, isPicked } = tree;
  const Button = input.several ? Checkbox : Radio;
  return (
    <Box
      id={`${ids.label}-${row}`}
      role="treeitem"
      aria-level={node.level + 1}
      aria-expanded={node.hasChildren ? node.isUnfolded : undefined}
      aria-checked={mayPick(node) ? isPicked(node) : undefined}
      aria-selected={row === current}
      data-active={row === current}
      onClick={() => {
        setActive(row);
        pick(node);
      }}
      sx={{ pl: 2 + 5 * node.level }}
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
    minHeight: 32,
    cursor: 'pointer',
    '&:hover': { bgcolor: 'action.hover' },
  },
  '&:focus-visible [data-active=true]': {
    bgcolor: 'sunken.main',
    boxShadow: 'inset 3px 0 var(--sheaf-palette-wheat-main)',
  },
} as const;
