import { play, type Played } from './play.ts';
import type { Schedule } from './schedule.ts';

const maxTries = 400;

/** The shortest schedule, found by leaving things out, that still fails in the same way. */
export async function shrink(
  schedule: Schedule,
  first: Played,
): Promise<{ schedule: Schedule; played: Played }> {
  let best = { schedule, played: first };
  const kind = kindOf(first.wrong[0]!);
  let tries = 0;
  for (let isBetter = true; isBetter && tries < maxTries;) {
    isBetter = false;
    for (const candidate of simpler(best.schedule)) {
      tries += 1;
      if (tries > maxTries) break;
      const played = await play(candidate);
      if (!played.wrong.some((words) => kindOf(words) === kind)) continue;
      best = { schedule: candidate, played };
      isBetter = true;
      break;
    }
  }
  return best;
}

/** The same sentence about other rows, tasks and times is the same fault. */
const kindOf = (words: string): string => words.replaceAll(/\d+( \d+)*/g, '#').replace(/^[^:]+: /, '');

function* simpler(schedule: Schedule): Generator<Schedule> {
  const { requests, sessions, acts, posts, reads, others, writes } = schedule;
  for (let index = sessions.length - 1; index >= 0; index -= 1)
    if (sessions.length > 1) yield { ...schedule, sessions: sessions.toSpliced(index, 1) };
  if (acts.length > 0) yield { ...schedule, acts: [] };
  for (let index = 0; index < acts.length; index += 1) yield { ...schedule, acts: acts.toSpliced(index, 1) };
  for (let index = 0; index < requests.length; index += 1)
    if (requests.length > 1) yield { ...schedule, requests: requests.toSpliced(index, 1) };
  for (const [index, request] of requests.entries())
    for (const tasks of [request.tasks.slice(0, 1), request.tasks.slice(0, -1), request.tasks.slice(1)])
      if (tasks.length > 0 && tasks.length < request.tasks.length)
        yield { ...schedule, requests: requests.with(index, { ...request, tasks }) };
  if (reads.some((read) => isDisturbed(read))) yield { ...schedule, reads: [] };
  if (others.some((read) => isDisturbed(read))) yield { ...schedule, others: [] };
  for (const [index, post] of posts.entries())
    if (post.answer !== 'true' || post.stored.length > 1)
      yield { ...schedule, posts: posts.with(index, { stored: [100], answer: 'true', after: 100 }) };
  if (schedule.undoes) yield { ...schedule, undoes: false };
  for (const [index, one] of schedule.deletes.entries())
    if (one.answer !== 'true' || one.stored.length > 1)
      yield {
        ...schedule,
        deletes: schedule.deletes.with(index, { stored: [100], answer: 'true', after: 100 }),
      };
  for (const [index, read] of reads.entries())
    if (isDisturbed(read)) yield { ...schedule, reads: reads.with(index, calm) };
  for (const [index, read] of others.entries())
    if (isDisturbed(read)) yield { ...schedule, others: others.with(index, calm) };
  for (const [index, session] of sessions.entries()) {
    const { otherTab, ...alone } = session;
    if (otherTab) yield { ...schedule, sessions: sessions.with(index, alone) };
    if (session.end.by !== 'itself')
      yield { ...schedule, sessions: sessions.with(index, { ...session, end: { by: 'itself' } }) };
    if (session.acts?.length) yield { ...schedule, sessions: sessions.with(index, { ...session, acts: [] }) };
    if (session.reload) yield { ...schedule, sessions: sessions.with(index, { ...session, reload: false }) };
  }
  if (writes.some((write) => write > 0)) yield { ...schedule, writes: [0] };
  if (schedule.token === 'personal') yield { ...schedule, token: 'legacy' };
}

const calm = { answer: 'true', stale: 0, after: 10 } as const;
const isDisturbed = ({ answer, stale }: Schedule['reads'][number]) => answer !== 'true' || stale > 0;
