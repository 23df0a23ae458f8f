import Box from '@mui/material/Box';
import type { RunView } from '#engine/engine.ts';
import { figure } from '../shared/numbers.ts';
import { SimpleTable } from '../shared/simple-table.tsx';
import { StateLabel } from '../shared/state-label.tsx';

/** Why rows are not simply created, in the server's own words, at the request they belong to. */
export function Reasons({ reasons }: Pick<RunView, 'reasons'>) {
  return (
    <Box sx={{ flex: 'none' }}>
      <SimpleTable label="Reasons" maxHeight={176}>
        <thead>
          <tr>
            <th>State</th>
            <th className="number">Request</th>
            <th className="number">Rows</th>
            <th className="rest">Reason</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ entry, state, reason, rows }) => (
            <tr key={`${entry} ${state} ${reason}`}>
              <td>
                <StateLabel state={state} />
              </td>
              <td className="number">{figure(entry + 1)}</td>
              <td className="number">{figure(rows)}</td>
              <Box component="td" sx={{ minWidth: 180, overflowWrap: 'anywhere' }}>
                {reason}
              </Box>
            </tr>
          ))}
        </tbody>
      </SimpleTable>
    </Box>
  );
}
