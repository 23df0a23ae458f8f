import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { serverOfferSchema } from '#wire/server-offer.ts';

/** Runs `npm run dev` during the test; returns its address. */
function dev(...args: string[]): Promise<string> {
  const script = fileURLToPath(new URL('dev.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, '--port', '0', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  onTestFinished(() => void child.kill());
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (piece: Buffer) => {
      output += piece.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(output)));
  });
}

it('npm run dev serves the sources with the backend of npm start', { timeout: 30_000 }, async () => {
  const address = await dev('--sandbox-edition', 'community');
  const get = async (path: string) => (await fetch(`${address}${path}`)).text();

  expect(await get('/')).toContain('/src/main.tsx');
  expect(serverOfferSchema.parse(JSON.parse(await get('/sheaf.json'))).sandbox?.edition).toBe('community');
  expect(JSON.parse(await get('/sandbox/api/version/'))).toMatchObject({ edition: 'Community' });
});
