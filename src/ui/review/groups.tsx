import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan-view.ts';
import { count, figure } from '../shared/numbers.ts';
import { SimpleTable } from '../shared/simple-table.tsx';

/** As many groups as are drawn before somebody asks for more. */
const step = 200;

/** Which call creates what on which tasks. */
export function Groups({ plan: { groups, projects } }: { plan: PlanView }) {
  const [shown, setShown] = useState(step);
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
          {groups.slice(0, shown).map((group) => (
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
      {groups.length > shown && (
        <Button sx={{ mt: 2 }} onClick={() => setShown(shown + step)}>
          Show more of the {count(groups.length, 'group')}
        </Button>
      )}
    </section>
  );
}
