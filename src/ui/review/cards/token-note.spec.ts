import { expect, it } from 'vitest';
import { minuteOfDay } from '#ui/components/numbers.ts';
import { tokenNote } from './token-note.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const inSeconds = (seconds: number) => now + seconds * 1000;

it('is missing for a token without an expiry', () => {
  expect(tokenNote({ kind: 'legacy' }, 100_000, now)).toBeUndefined();
});

it.each<[string, number, number, boolean]>([
  ['outlives a short run', 300, 10, false],
  ['ends in a long run', 300, 200, true],
  ['may end in a run that takes twice as long as estimated', 300, 151, true],
  ['ends within a minute', 59, 1, true],
  ['has ended', -1, 1, true],
])('an access token that %s', (_, left, estimate, isSaid) => {
  const note = tokenNote({ kind: 'access', expiresAt: inSeconds(left) }, estimate, now);
  expect(note !== undefined).toBe(isSaid);
});

it('names the expiry, the estimated duration and the fix', () => {
  const at = minuteOfDay(inSeconds(300));
  expect(tokenNote({ kind: 'access', expiresAt: inSeconds(300) }, 600, now)).toBe(
    `Your access token ends at ${at}, and this run takes about 10 minutes. Connect with a personal access token first; Sheaf renews its access by itself.`,
  );
  expect(tokenNote({ kind: 'personal', expiresAt: inSeconds(-1) }, 600, now)).toBe(
    'Your personal access token has ended. Create a new one in Label Studio and connect with it first.',
  );
});
