import Typography from '@mui/material/Typography';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { SimpleTable } from '#ui/components/data-display/simple-table.tsx';

/** The rows that are left out, and why. */
export function Skips({ plan: { skips, skipped, leftOut } }: { plan: PlanView }) {
  return (
    <section>
      <Typography variant="h2" gutterBottom>
        {count(skipped, 'row')} will be skipped
      </Typography>
      <SimpleTable label="Rows that will be skipped">
        <thead>
          <tr>
            <th className="number">{leftOut.are === 'row' ? 'Row' : 'Request'}</th>
            <th className="number">Task</th>
            <th className="rest">Why</th>
          </tr>
        </thead>
        <tbody>
          {skips.map((skip, index) => (
            // One request may name a task twice, so nothing but its place tells a skip from the next.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <td className="number">{figure(skip.entry + 1)}</td>
              <td className="number">{skip.task}</td>
              <td>{skip.reason}</td>
            </tr>
          ))}
        </tbody>
      </SimpleTable>
      {skipped > skips.length && (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          The first {figure(skips.length)} of {figure(skipped)}. All of them are in the results.
        </Typography>
      )}
    </section>
  );
}
