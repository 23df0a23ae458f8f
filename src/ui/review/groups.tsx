import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan-view.ts';
import { count, figure } from '../shared/numbers.ts';
import { SimpleTable } from '../shared/simple-table.tsx';

/** Which call creates what on which tasks. */
export function Groups({ plan: { groups, groupCount, projects } }: { plan: PlanView }) {
  const isAcrossProjects = projects.length > 1;
  const titles = new Map(projects.map(({ id, title }) => [id, title]));

  return (
    <section>
      <Typography variant="h2" gutterBottom>
        What is created
      </Typography>
      <SimpleTable label="What is created">
        <thead>
          <tr>
            <th className="number">Request</th>
            {isAcrossProjects && <th>Project</th>}
            <th>Tasks</th>
            <th>What it says</th>
            <th className="number">Annotations</th>
            <th className="number">Calls</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.entry} ${group.project} ${group.tasks}`}>
              <td className="number">{figure(group.entry + 1)}</td>
              {isAcrossProjects && <td>{titles.get(group.project) ?? group.project}</td>}
              <Box component="td" sx={{ minWidth: 140 }}>
                {group.tasks}
              </Box>
              <Box component="td" sx={{ minWidth: 160 }}>
                {group.says}
              </Box>
              <td className="number">{figure(group.rows)}</td>
              <td className="number">{figure(group.calls)}</td>
            </tr>
          ))}
        </tbody>
      </SimpleTable>
      {groupCount > groups.length && (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          The first {figure(groups.length)} of {count(groupCount, 'group')} of rows that say the same.
        </Typography>
      )}
    </section>
  );
}
