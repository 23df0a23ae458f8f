import { useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { GroupView, PlanView } from '#domain/plan/plan-view.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { SimpleTable, Spacer } from '#ui/components/data-display/simple-table.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

/** More rows than the table shows, so that visible rows span at most two pages. */
const pageSize = 100;

/** What each call creates on which tasks. There may be as many groups as rows, so only visible ones are loaded. */
export function Groups({ plan }: { plan: PlanView }) {
  const { id, groupCount, largestGroup, projects, withErrors } = plan;
  const isAcrossProjects = projects.length > 1;
  const titles = new Map(projects.map(({ id: project, title }) => [project, title]));
  const scroller = useRef<HTMLDivElement>(null);
  // The result isn't passed to a memoised component.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: groupCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => 42,
    overscan: 10,
  });
  const drawn = rows.getVirtualItems();
  const firstPage = Math.floor((drawn[0]?.index ?? 0) / pageSize);
  const pages = [usePage(id, firstPage), usePage(id, firstPage + 1)];
  const groupAt = (index: number) => pages[Math.floor(index / pageSize) - firstPage]?.[index % pageSize];
  const above = drawn[0]?.start ?? 0;
  const below = rows.getTotalSize() - (drawn.at(-1)?.end ?? 0);

  return (
    <section>
      <Typography variant="h3" gutterBottom>
        What is created
      </Typography>
      <Typography variant="body2" sx={{ mb: 2, color: 'text.secondary' }}>
        {count(groupCount, 'group')} of rows that differ only in their task
        {groupCount > 1 && `, the largest of ${count(largestGroup, 'row')}`}.
      </Typography>
      <SimpleTable label="What is created" ref={scroller} rows={groupCount + 1}>
        <thead>
          <tr>
            <th className="number">{withErrors.unit === 'row' ? 'First row' : 'Request'}</th>
            {isAcrossProjects && <th>Project</th>}
            <th>Tasks</th>
            <th>What it says</th>
            <th className="number">Annotations</th>
            <th className="number">Calls</th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {drawn.map(({ index }) => {
            const group = groupAt(index);
            return (
              <tr key={index} ref={rows.measureElement} data-index={index} aria-rowindex={index + 2}>
                <td className="number">{group ? figure(group.entry + 1) : '…'}</td>
                {isAcrossProjects && <td>{group && (titles.get(group.project) ?? group.project)}</td>}
                <Box component="td" sx={{ minWidth: 140 }}>
                  {group?.tasks}
                </Box>
                <Box component="td" sx={{ minWidth: 160 }}>
                  {group?.summary}
                </Box>
                <td className="number">{group && figure(group.rows)}</td>
                <td className="number">
                  {group && (group.calls === undefined ? 'shared' : figure(group.calls))}
                </td>
              </tr>
            );
          })}
          <Spacer height={below} />
        </tbody>
      </SimpleTable>
    </section>
  );
}

function usePage(planId: string, page: number): GroupView[] | undefined {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['plan-groups', planId, page],
    queryFn: () => engine.runs.groups(planId, page * pageSize, (page + 1) * pageSize),
    staleTime: Infinity,
    gcTime: 10_000,
    throwOnError: true,
  });
  return data;
}
