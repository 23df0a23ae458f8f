import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { Repair, ShownChange } from '#domain/text/repair-preview.ts';
import { figure, count } from '#ui/components/numbers.ts';
import { SimpleTable } from '#ui/components/data-display/simple-table.tsx';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

interface RepairDialogProps {
  repair: Repair;
  open: boolean;
  /** True after a text change, when this repair may be outdated. */
  waiting: boolean;
  onApply: () => void;
  onKeep: () => void;
}

/** Shows what a repair would change, place by place. Applied only after confirmation. */
export function RepairDialog({ repair, open, waiting, onApply, onKeep }: RepairDialogProps) {
  const total = countChanges(repair);
  const { changes } = repair;
  return (
    <Dialog open={open} onClose={onKeep} aria-labelledby="repair-title" maxWidth="md" fullWidth>
      <DialogTitle id="repair-title" variant="h2">
        The text is almost JSON
      </DialogTitle>
      <DialogContent>
        <Box sx={{ mb: 3 }}>
          A repair would change {describeRepair(repair)}. Everything else stays the same.
          {changes.length < total &&
            ` The first ${figure(changes.length)} of ${figure(total)} changes are shown.`}
        </Box>
        <SimpleTable label="Changes" maxHeight={320}>
          <thead>
            <tr>
              <th>Line</th>
              <th>What</th>
              <th>Change</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <ChangeRow key={`${change.line}:${change.column}`} change={change} />
            ))}
          </tbody>
        </SimpleTable>
      </DialogContent>
      <DialogActions>
        <Button onClick={onKeep}>Keep text</Button>
        <Button variant="contained" autoFocus loading={waiting} onClick={onApply}>
          Apply repair
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function ChangeRow({ change: { line, words, lead, before, after, tail } }: { change: ShownChange }) {
  return (
    <tr>
      <td>{figure(line)}</td>
      <td>{words}</td>
      <Box
        component="td"
        sx={{ fontFamily: 'mono', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', color: 'text.secondary' }}
      >
        {lead.trimStart()}
        {before !== '' && (
          <Box component="del" sx={{ color: 'error.main' }}>
            <span aria-hidden>−</span>
            <Box component="span" sx={visuallyHidden}>
              removed:{' '}
            </Box>
            {before}
          </Box>
        )}
        {after !== '' && (
          <Box component="ins" sx={{ color: 'success.main', textDecoration: 'none' }}>
            <span aria-hidden>+</span>
            <Box component="span" sx={visuallyHidden}>
              added:{' '}
            </Box>
            {after}
          </Box>
        )}
        {tail}
      </Box>
    </tr>
  );
}

/** `7 trailing commas, 12 texts in single quotes` */
export const describeRepair = ({ kinds }: Repair) =>
  kinds.map((kind) => count(kind.count, kind.one, kind.many)).join(', ');

const countChanges = ({ kinds }: Repair) => kinds.reduce((sum, kind) => sum + kind.count, 0);
