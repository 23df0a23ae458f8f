import { useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { figure } from '#ui/components/numbers.ts';
import { SimpleTable } from '#ui/components/data-display/simple-table.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { Card } from '#ui/components/data-display/card.tsx';
import { formatLabel } from '#ui/state/value-words.ts';

const maxListed = 100;

/** Values that are mapped to a label with another name, listed again before sending. */
export function AcceptedValues({ revision }: { revision: number }) {
  const engine = useEngine();
  const { data: columns = [] } = useQuery({
    queryKey: ['column-values of the review', revision],
    queryFn: () => engine.batch.columnValues(),
    staleTime: Infinity,
    gcTime: 0,
    throwOnError: true,
  });
  const accepted = columns.flatMap(({ column, values }) =>
    values.flatMap(({ written, label, rows }) =>
      label === undefined ? [] : [{ column, written, label, rows }],
    ),
  );
  if (accepted.length === 0) return null;
  return (
    <Card title="Values mapped to labels">
      <SimpleTable label="Values mapped to labels" maxHeight={240} isInCard>
        <thead>
          <tr>
            <th>Column</th>
            <th>Value in file</th>
            <th>Read as</th>
            <th className="number">Rows</th>
          </tr>
        </thead>
        <tbody>
          {accepted.slice(0, maxListed).map(({ column, written, label, rows }) => (
            <tr key={`${column} ${written}`}>
              <td>{column}</td>
              <Box component="td" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {written}
              </Box>
              <Box component="td" sx={{ overflowWrap: 'anywhere' }}>
                {formatLabel(label)}
              </Box>
              <td className="number">{figure(rows)}</td>
            </tr>
          ))}
        </tbody>
      </SimpleTable>
      {accepted.length > maxListed && (
        <Typography variant="body2" sx={{ px: 4, py: 2, color: 'text.secondary' }}>
          The first {figure(maxListed)} of {figure(accepted.length)}. All of them are under Values in Import.
        </Typography>
      )}
    </Card>
  );
}
