import { useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import type { LiveRow } from '#engine/runs/run-progress.ts';
import { figure } from '#ui/components/numbers.ts';
import { StateLabel } from '#ui/runs/state-label.tsx';
import { height } from '#ui/theme/tokens.ts';
import { Panel } from './panel.tsx';

/** The rows that were sent last, with their states. They keep changing unless “Follow” is off. */
export function LiveRows({ rows }: { rows: LiveRow[] }) {
  // The rows as they were when following was switched off.
  const [kept, setKept] = useState<LiveRow[]>();
  const shown = kept ?? rows;
  // Nothing is read for it while rows are sent, so a resumed run may have none.
  const hasText = shown.some(({ text }) => text !== undefined);
  const follow = (
    <FormControlLabel
      labelPlacement="start"
      control={
        <Switch
          size="small"
          checked={kept === undefined}
          onChange={(_, isOn) => setKept(isOn ? undefined : rows)}
        />
      }
      label="Follow"
      slotProps={{ typography: { variant: 'caption', color: 'text.secondary' } }}
      sx={{ m: 0, gap: 1.5 }}
    />
  );
  return (
    <Panel title="Rows" hint="latest first" action={follow}>
      {shown.length === 0 && (
        <Box sx={{ px: 4, py: 3, color: 'text.secondary' }}>No row has been sent yet</Box>
      )}
      {shown.length > 0 && (
        <Box component="div" tabIndex={0} role="group" aria-label="Rows, latest first" sx={scroller}>
          <Box component="table" aria-label="Latest rows" sx={list}>
            <thead>
              <tr>
                <th className="number short wide-only">Row</th>
                <th className="number">Task</th>
                {hasText && <th className="text">Text</th>}
                <th>Label</th>
                <th className="number wide-only">Annotation</th>
                <th className="state">State</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ row, task, text, label, annotations, link, state, notFoundAt }) => (
                <tr key={row}>
                  <td className="number wide-only">{figure(row + 1)}</td>
                  <td className="number">{task}</td>
                  {hasText && (
                    <td className="text" title={text}>
                      {text ?? '–'}
                    </td>
                  )}
                  <td title={label}>{label}</td>
                  <td className="number wide-only">{annotationLink(annotations, link)}</td>
                  <td className="state">
                    <StateLabel state={state} notFoundAt={notFoundAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Box>
        </Box>
      )}
    </Panel>
  );
}

function annotationLink([first, ...more]: number[], link: string | undefined): ReactNode {
  if (first === undefined) return '–';
  return (
    <>
      <a href={link} target="_blank" rel="noopener noreferrer">
        {first}
      </a>
      {more.length > 0 && ` +${more.length}`}
    </>
  );
}

const scroller = {
  flex: 1,
  minHeight: 0,
  maxHeight: { xs: 400, md: 'none' },
  overflow: 'auto',
  containerType: 'inline-size',
  '&:focus-visible': { outlineOffset: -2 },
};

const list = {
  width: 1,
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  typography: 'body2',
  '& th': {
    position: 'sticky',
    top: 0,
    bgcolor: 'sunken.main',
    color: 'text.secondary',
    fontWeight: 'fontWeightMedium',
    textAlign: 'left',
  },
  '& th, & td': {
    height: height.row,
    px: 3,
    py: 0,
    borderBottom: 1,
    borderColor: 'divider',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .number': { width: { xs: 76, sm: 96 }, textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  '& .short': { width: 72 },
  '& .text': { display: 'none', width: '28%', '@container (min-width: 720px)': { display: 'table-cell' } },
  '& td.text': { color: 'text.secondary' },
  '& .state': { width: { xs: 152, sm: 190 } },
  '& .wide-only': { display: { xs: 'none', sm: 'table-cell' } },
} as const;
