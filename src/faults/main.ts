import { play } from './play.ts';
import { scheduleOf } from './schedule.ts';
import { shrink } from './shrink.ts';

export interface Outcome {
  schedules: number;
  /** Seeds of failed schedules, with the story of each. */
  broken: { seed: number; story: string }[];
  /** Creating calls that left the page. */
  calls: number;
  /** Our annotations beyond one for each row, and rows that the account shows as duplicated or suspect. */
  copies: number;
  duplicates: number;
}

export interface Options {
  /** The first seed; the others follow. */
  seed: number;
  schedules: number;
  /** Ends after this many failed schedules. */
  maxBroken: number;
  withStories: boolean;
  /** Schedules of other kinds are passed over, and not counted. */
  only?: 'staged' | undefined;
  onBroken?: (seed: number, story: string) => void;
}

/** Plays schedules one after the other, each with a separate server, browser and clock. */
export async function playAll({
  seed,
  schedules,
  maxBroken,
  withStories,
  only,
  onBroken,
}: Options): Promise<Outcome> {
  const outcome: Outcome = { schedules: 0, broken: [], calls: 0, copies: 0, duplicates: 0 };
  for (let next = seed; outcome.schedules < schedules && outcome.broken.length < maxBroken; next += 1) {
    const schedule = scheduleOf(next);
    if (only === 'staged' && !schedule.isStaged) continue;
    const played = await play(schedule);
    outcome.schedules += 1;
    outcome.duplicates += played.duplicates;
    outcome.calls += played.calls;
    outcome.copies += played.copies;
    if (played.wrong.length === 0) continue;
    const story = withStories ? storyOf(await shrink(schedule, played)) : played.wrong.join('\n');
    outcome.broken.push({ seed: next, story });
    onBroken?.(next, story);
  }
  return outcome;
}

function storyOf({ schedule, played }: Awaited<ReturnType<typeof shrink>>): string {
  const { edition, token, timeLimitSeconds, requests } = schedule;
  const rows = requests.map(
    ({ kind, content, tasks, uniqueId }) =>
      `  ${kind} ${content} for ${tasks.join(' ')}${uniqueId === undefined ? '' : ', with a unique_id'}`,
  );
  return [
    ...played.wrong,
    `${edition}, ${token} token, ${timeLimitSeconds} s limit:`,
    ...rows,
    ...played.log,
  ].join('\n');
}
