import type { Connection } from '#engine/session/open-session.ts';
import { minuteOfDay, roughly, when } from '#ui/components/numbers.ts';

/** Minimum margin: an estimate can be off by a factor of two, and a short run needs a moment, too. */
const atLeastMs = 60_000;

/** A note that the token may expire before the run ends; undefined if it won’t. */
export function tokenNote(
  { kind, expiresAt }: Connection['token'],
  estimateSeconds: number,
  now = Date.now(),
): string | undefined {
  if (expiresAt === undefined) return undefined;
  const leftMs = expiresAt - now;
  if (leftMs > Math.max(atLeastMs, 2 * estimateSeconds * 1000)) return undefined;
  const name = kind === 'personal' ? 'personal access token' : 'access token';
  const end =
    leftMs <= 0
      ? `Your ${name} has ended.`
      : `Your ${name} ends at ${leftMs < 86_400_000 ? minuteOfDay(expiresAt) : when(expiresAt)}, and this run takes ${roughly(estimateSeconds)}.`;
  const fix =
    kind === 'personal'
      ? 'Create a new one in Label Studio and connect with it first.'
      : 'Connect with a personal access token first; Sheaf renews its access by itself.';
  return `${end} ${fix}`;
}
