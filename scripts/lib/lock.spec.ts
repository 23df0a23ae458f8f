import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { withLock } from './lock.mjs';

let file = '';
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-lock-'));
  file = join(folder, 'lock');
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    log.mockRestore();
    rmSync(folder, { recursive: true });
  });
});

describe('withLock', () => {
  it('runs one work at a time', async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await sleep(20);
      working--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, 'waiting', work)));
    expect(most).toBe(1);
  });

  it('says once that it waits', async () => {
    await Promise.all([1, 2].map(() => withLock(file, 'waiting for the other', () => sleep(600))));
    expect(vi.mocked(console.log).mock.calls).toEqual([['waiting for the other']]);
  });

  it('takes over from a process that died', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(file, String(pid));
    expect(await withLock(file, 'waiting', async () => 'done')).toBe('done');
  });

  it('releases the lock if the work fails', async () => {
    await expect(withLock(file, 'waiting', () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(existsSync(file)).toBe(false);
  });
});
