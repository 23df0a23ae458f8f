import type { Severity } from '#wire/problem.ts';
import type { ElementType, ReactNode } from 'react';
import ErrorIcon from '@mui/icons-material/Error';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import { fontSize } from '#ui/theme/tokens.ts';

const icons: Record<Severity, { color: string; Icon: ElementType }> = {
  error: { color: 'error.main', Icon: ErrorIcon },
  warning: { color: 'warning.main', Icon: WarningIcon },
  info: { color: 'info.main', Icon: InfoIcon },
};

/** A severity as icon and word; `children` replace the word. */
export function SeverityLabel({ severity, children }: { severity: Severity; children?: ReactNode }) {
  const { color, Icon } = icons[severity];
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <Box
        component={Icon}
        aria-hidden
        sx={{ color, fontSize: fontSize.icon, verticalAlign: 'text-bottom', mr: 1.5 }}
      />
      {children ?? severityWords[severity]}
    </Box>
  );
}

export const severityWords: Record<Severity, string> = { error: 'Error', warning: 'Warning', info: 'Note' };
