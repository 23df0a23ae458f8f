import Box from '@mui/material/Box';
import type { Speed } from '#domain/results/activity.ts';
import { count, figure, timeOfDay } from '#ui/components/numbers.ts';
import { speedCurve } from './speed-curve.ts';

interface SpeedChartProps {
  /** Undefined before the first answer. */
  speed: Speed | undefined;
  now: number;
  secondsLeft: number | undefined;
}

const [width, height] = [340, 56];

/** Rows per second from the start until now, with space for the time left. */
export function SpeedChart({ speed, now, secondsLeft }: SpeedChartProps) {
  if (!speed) return <Box sx={{ px: 4, py: 3, color: 'text.secondary' }}>Waiting for the first answer</Box>;
  const { from, to, points, highest, average } = speedCurve(speed, now);
  const end = Math.max(to, now + 1000 * (secondsLeft ?? 0));
  const nowAt = (to - from) / (end - from);
  const line = pointsOf(points, highest, nowAt * width);
  const words = `${figure(Math.round(points.at(-1)!))} rows per second now, ${figure(Math.round(average))} on average, ${figure(Math.round(highest))} at most`;
  return (
    <Box sx={{ px: 4, pt: 3, pb: 2.5 }}>
      <Box
        component="svg"
        role="img"
        aria-label={words}
        viewBox={`0 -2 ${width} ${height + 3}`}
        preserveAspectRatio="none"
        sx={{ display: 'block', width: 1, height: height + 3, overflow: 'visible' }}
      >
        <title>{words}</title>
        <Box component="line" x1={0} x2={width} y1={height} y2={height} sx={{ stroke: axis }} />
        <Box
          component="polygon"
          points={`0,${height} ${line} ${nowAt * width},${height}`}
          sx={{ fill: 'var(--sheaf-palette-action-selected)' }}
        />
        <Box
          component="polyline"
          points={line}
          vectorEffect="non-scaling-stroke"
          sx={{ fill: 'none', stroke: 'var(--sheaf-palette-wheat-edge)', strokeWidth: 2 }}
        />
      </Box>
      <Box
        sx={{
          position: 'relative',
          display: 'flex',
          justifyContent: 'space-between',
          mt: 1.5,
          typography: 'caption',
          color: 'text.secondary',
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        <span>{timeOfDay(from)}</span>
        {nowAt > 0.3 && nowAt < 0.7 && (
          <Box
            component="span"
            aria-hidden
            sx={{ position: 'absolute', transform: 'translateX(-50%)' }}
            style={{ left: `${nowAt * 100}%` }}
          >
            now
          </Box>
        )}
        <span>{end > to + 2000 ? `about ${timeOfDay(end)}` : 'now'}</span>
      </Box>
      <Box sx={{ typography: 'caption', color: 'text.secondary', mt: 0.5 }}>
        {figure(Math.round(average))} on average, {count(Math.round(highest), 'row')} per second at most
      </Box>
    </Box>
  );
}

const axis = 'var(--sheaf-palette-outline-quiet)';

/** The points of an SVG polyline. A single value becomes a horizontal line. */
function pointsOf(points: number[], highest: number, upTo: number): string {
  const all = points.length === 1 ? [points[0]!, points[0]!] : points;
  const top = Math.max(highest, 1e-9);
  return all
    .map((value, index) => {
      const x = (index / (all.length - 1)) * upTo;
      return `${x.toFixed(1)},${(height - (value / top) * height).toFixed(1)}`;
    })
    .join(' ');
}
