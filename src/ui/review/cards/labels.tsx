import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ControlShares, LabelShares } from '#domain/plan/label-tally.ts';
import { oneLine } from '#ui/components/clamp.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { Card, Swatch } from '#ui/components/data-display/card.tsx';
import { radius } from '#ui/theme/tokens.ts';

/** The share of each label in the batch and on the tasks. */
export function Labels({ shares }: { shares: LabelShares }) {
  const { batch, existing, controls, moreControls } = shares;
  if (controls.length === 0) return null;
  return (
    <Card
      title="Labels"
      end={
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            columnGap: 4,
            typography: 'caption',
            color: 'text.secondary',
          }}
        >
          <Legend color="star.main">This batch</Legend>
          {existing !== undefined && (
            <Legend color="idle.solid">{count(existing, 'annotation')} on these tasks</Legend>
          )}
        </Box>
      }
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(232px, 100%), 1fr))',
          columnGap: 7,
          rowGap: 3,
          px: 4,
          py: 3,
        }}
      >
        {controls.map((control) => (
          <Control key={control.control} shares={control} batch={batch} existing={existing} />
        ))}
      </Box>
      {moreControls > 0 && (
        <Typography variant="caption" component="p" sx={{ px: 4, pb: 3, color: 'text.secondary' }}>
          {count(moreControls, 'further control')} with labels {moreControls === 1 ? 'isn’t' : 'aren’t'}{' '}
          shown.
        </Typography>
      )}
    </Card>
  );
}

const Legend = ({ color, children }: { color: string; children: React.ReactNode }) => (
  <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
    <Swatch color={color} />
    {children}
  </Box>
);

interface ControlProps extends Pick<LabelShares, 'batch' | 'existing'> {
  shares: ControlShares;
}

function Control({ shares: { control, type, labels, moreLabels }, batch, existing }: ControlProps) {
  const hasExisting = existing !== undefined && existing > 0;
  const largest = Math.max(
    ...labels.map((label) =>
      Math.max(share(label.batch, batch), hasExisting ? share(label.existing, existing) : 0),
    ),
  );
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'baseline', mb: 1 }}>
        <Typography variant="h3" noWrap title={control}>
          {control}
        </Typography>
        <Box component="span" sx={{ typography: 'caption', color: 'text.secondary' }}>
          {type}
        </Box>
      </Box>
      <Box component="ul" aria-label={`Labels of ${control}`} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {labels.map((label) => {
          const own = share(label.batch, batch);
          const there = hasExisting ? share(label.existing, existing) : 0;
          return (
            <Box component="li" key={label.label} sx={line}>
              <span className="name" title={label.label}>
                {label.label}
              </span>
              <span className="bars" aria-hidden>
                <Box
                  component="i"
                  style={{ width: `${(100 * own) / largest}%` }}
                  sx={{ bgcolor: 'star.main' }}
                />
                {hasExisting && (
                  <Box
                    component="i"
                    style={{ width: `${(100 * there) / largest}%` }}
                    sx={{ bgcolor: 'idle.solid' }}
                  />
                )}
              </span>
              <span className="percent" title={count(label.batch, 'annotation')}>
                <Box component="span" sx={visuallyHidden}>
                  in this batch{' '}
                </Box>
                {percent(own)}
              </span>
              {hasExisting && (
                <Box
                  component="span"
                  className="percent"
                  title={count(label.existing, 'annotation')}
                  sx={{ color: 'text.secondary' }}
                >
                  <Box component="span" sx={visuallyHidden}>
                    , on these tasks{' '}
                  </Box>
                  {percent(there)}
                </Box>
              )}
            </Box>
          );
        })}
      </Box>
      {moreLabels > 0 && (
        <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
          and {figure(moreLabels)} more
        </Typography>
      )}
    </Box>
  );
}

const share = (some: number, all: number) => (all === 0 ? 0 : some / all);
const percent = (part: number) => (part > 0 && part < 0.005 ? '< 1 %' : `${Math.round(100 * part)} %`);

const line = {
  display: 'grid',
  gridTemplateColumns: '80px minmax(24px, 1fr) 38px',
  gridAutoFlow: 'column',
  gridAutoColumns: '38px',
  gap: 2,
  alignItems: 'center',
  height: 24,
  '& .name': oneLine,
  '& .bars': { display: 'grid', gap: '2px', forcedColorAdjust: 'none' },
  '& .bars i': { height: '6px', borderRadius: radius.small },
  '& .percent': { textAlign: 'right', typography: 'caption', whiteSpace: 'nowrap' },
} as const;
