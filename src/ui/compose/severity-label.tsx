import type { ElementType } from 'react';
import ErrorIcon from '@mui/icons-material/Error';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { Severity } from '#domain/problem.ts';

export const severities: Record<Severity, { word: string; color: string; Icon: ElementType }> = {
  error: { word: 'Error', color: 'error.main', Icon: ErrorIcon },
  warning: { word: 'Warning', color: 'warning.main', Icon: WarningIcon },
  info: { word: 'Note', color: 'info.main', Icon: InfoIcon },
};

/** How grave a problem is, by word and icon; or, with `children`, other words behind the same icon. */
export function SeverityLabel({ severity, children }: { severity: Severity; children?: string }) {
  const { word, color, Icon } = severities[severity];
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5, whiteSpace: 'nowrap' }}>
      <Box component={Icon} aria-hidden sx={{ color, fontSize: '1rem' }} />
      {children ?? word}
    </Box>
  );
}
