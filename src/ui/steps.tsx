import Box from '@mui/material/Box';

import { href, type Route } from '#ui/state/route.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';

export interface Step {
  screen: string;
  title: string;
  /** A small number after the title, such as of running runs. */
  badge?: string;
  /** Its target. Without it, `unavailable` says why. */
  to?: Route;
  unavailable?: string;
}

/** Import, Review and Runs as links; an unavailable step says why. */
export function Steps({ steps, current }: { steps: Step[]; current: string }) {
  return (
    <Box
      component="nav"
      aria-label="Steps"
      sx={{ '& ol': { display: 'flex', m: 0, p: 0, listStyle: 'none', gap: { xs: 4, sm: 5 } } }}
    >
      <ol>
        {steps.map((step) => (
          <li key={step.screen}>
            <StepLink step={step} isCurrent={step.screen === current} />
          </li>
        ))}
      </ol>
    </Box>
  );
}

function StepLink({ step, isCurrent }: { step: Step; isCurrent: boolean }) {
  const linkStyle = {
    display: 'flex',
    alignItems: 'center',
    height: { xs: 40, sm: 48 },
    textDecoration: 'none',
    typography: 'body1',
    fontWeight: isCurrent ? 'fontWeightBold' : 'fontWeightMedium',
    color: isCurrent ? 'text.primary' : 'text.secondary',
    borderBlock: '2px solid transparent',
    borderBottomColor: isCurrent ? 'wheat.main' : 'transparent',
    // Forced colours draw transparent borders, too.
    '@media (forced-colors: active)': {
      borderBlockColor: 'Canvas',
      borderBottomColor: isCurrent ? 'Highlight' : 'Canvas',
    },
    '&[href]:hover': { color: 'text.primary' },
    '&:focus-visible': { outlineOffset: -2 },
  } as const;

  if (step.to) {
    return (
      <Box component="a" href={href(step.to)} aria-current={isCurrent ? 'step' : undefined} sx={linkStyle}>
        {step.title}
        {step.badge !== undefined && (
          <Box
            component="span"
            sx={{
              ml: 1.5,
              px: 1.5,
              borderRadius: 2,
              bgcolor: 'sunken.pressed',
              typography: 'caption',
              color: 'text.primary',
            }}
          >
            {step.badge}
            <Box component="span" sx={visuallyHidden}>
              {' '}
              in progress
            </Box>
          </Box>
        )}
      </Box>
    );
  }
  return (
    <Box
      component="a"
      role="link"
      aria-disabled
      aria-current={isCurrent ? 'step' : undefined}
      title={step.unavailable}
      tabIndex={0}
      sx={{ ...linkStyle, cursor: 'not-allowed', ...(!isCurrent && { color: 'text.disabled' }) }}
    >
      {step.title}
      <Box component="span" sx={visuallyHidden}>
        . {step.unavailable}
      </Box>
    </Box>
  );
}
