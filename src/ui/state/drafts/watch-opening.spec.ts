import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWorkbench } from '#ui/state/workbench.ts';
import type { Engine } from '#engine/engine.ts';
import { watchOpening } from './watch-opening.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A draft whose check doesn’t end; the page is left after these times. */
async function leaveAfter({ opening, checking }: { opening: number; checking: number | undefined }) {
  let isOpened = false;
  const page = new EventTarget();
  const onAnswer = vi.fn<() => void>();
  watchOpening({
    workbench: createWorkbench({} as Engine),
    isOpened: () => isOpened,
    isShown: () => false,
    page,
    onAnswer,
  });
  await vi.advanceTimersByTimeAsync(opening);
  if (checking !== undefined) {
    isOpened = true;
    await vi.advanceTimersByTimeAsync(checking);
  }
  page.dispatchEvent(new Event('pagehide'));
  return onAnswer;
}

it.each([
  ['soon', { opening: 300, checking: undefined }],
  ['soon after a slow engine has the draft', { opening: 5000, checking: 300 }],
])('doesn’t count as a hang if the page is left %s', async (_, times) => {
  expect(await leaveAfter(times)).toHaveBeenCalledOnce();
});

it.each([
  ['the engine never has the draft', { opening: 5000, checking: undefined }],
  ['the check never ends', { opening: 300, checking: 5000 }],
])('counts as a hang if %s', async (_, times) => {
  expect(await leaveAfter(times)).not.toHaveBeenCalled();
});
