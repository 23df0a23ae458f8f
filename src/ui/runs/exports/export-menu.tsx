import { useId, useState, type ElementType } from 'react';
import BuildIcon from '@mui/icons-material/BuildOutlined';
import DataObjectIcon from '@mui/icons-material/DataObjectOutlined';
import DescriptionIcon from '@mui/icons-material/DescriptionOutlined';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import TableIcon from '@mui/icons-material/TableChartOutlined';
import TerminalIcon from '@mui/icons-material/TerminalOutlined';
import UncertainIcon from '@mui/icons-material/VisibilityOffOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQuery } from '@tanstack/react-query';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { ExportKind } from '#engine/runs/files/run-exports.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { versionOf } from '#ui/state/runs/use-runs.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { exportChoices } from './export-choices.ts';

interface ExportMenuProps {
  view: RunView;
  query: RowQuery;
  isExporting: boolean;
  onExport: (kind: ExportKind) => void;
}

/** Downloads about a run, each with its content. */
export function ExportMenu({ view, query, isExporting, onExport }: ExportMenuProps) {
  const engine = useEngine();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { data: shown } = useQuery({
    queryKey: ['rows', view.id, versionOf(view), query, 'total'],
    queryFn: async () => (await engine.runs.rows(view.id, query, 0, 0)).total,
    enabled: anchor !== undefined,
  });
  const { data: kind } = useQuery({
    queryKey: ['source-kind', view.id],
    queryFn: () => engine.runs.sourceKind(view.id),
    enabled: anchor !== undefined,
  });
  const close = () => setAnchor(undefined);

  return (
    <>
      <Button
        id={`${id}-button`}
        variant="outlined"
        startIcon={<DownloadIcon />}
        endIcon={<ExpandMoreIcon />}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        loading={isExporting}
        loadingPosition="start"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        Export
      </Button>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor ?? null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          list: { 'aria-labelledby': `${id}-button` },
          paper: { sx: { mt: 1, width: 400, maxWidth: 'calc(100vw - 24px)' } },
        }}
      >
        {exportChoices(view, kind, shown).flatMap(({ title, choices }) => [
          <ListSubheader key={title} sx={{ lineHeight: '30px', bgcolor: 'transparent' }}>
            {title}
          </ListSubheader>,
          ...choices.map((choice) => (
            <MenuItem
              key={choice.kind}
              disabled={choice.isUnavailable ?? false}
              onClick={() => {
                close();
                onExport(choice.kind);
              }}
              sx={{ gap: 3, alignItems: 'flex-start', whiteSpace: 'normal', py: 1.5 }}
            >
              <Box
                component={icons[choice.kind]}
                aria-hidden
                sx={{ color: 'text.secondary', fontSize: 'h2.fontSize', mt: 0.5 }}
              />
              <Box sx={{ minWidth: 0 }}>
                {choice.name}
                <Box sx={{ typography: 'caption', color: 'text.secondary', overflowWrap: 'anywhere' }}>
                  {choice.contains}
                </Box>
              </Box>
            </MenuItem>
          )),
        ])}
      </Menu>
    </>
  );
}

const icons: Record<ExportKind, ElementType> = {
  'own-file': TableIcon,
  csv: DownloadIcon,
  json: DataObjectIcon,
  report: DescriptionIcon,
  'to-fix': BuildIcon,
  uncertain: UncertainIcon,
  curl: TerminalIcon,
  python: TerminalIcon,
};
