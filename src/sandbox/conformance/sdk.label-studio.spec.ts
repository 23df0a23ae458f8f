import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { ensureLabelStudio, python, startLabelStudio } from '../../../scripts/label-studio.mjs';
import { emptySandboxUser } from '#sandbox/data/seeds.ts';
import { createSandbox } from '#sandbox/handle.ts';

/* The SDK, which knows nothing of the sandbox, must get the same results from it as from an empty Label Studio. */

let labelStudio: Awaited<ReturnType<typeof startLabelStudio>>;
beforeAll(async () => {
  await ensureLabelStudio();
  labelStudio = await startLabelStudio();
});
afterAll(() => labelStudio?.stop());

const script = fileURLToPath(new URL('sdk-client.py', import.meta.url));

async function answersOf(base: string, token: string): Promise<Map<string, unknown>> {
  const { stdout } = await promisify(execFile)(python, [script, base, token], { maxBuffer: 10_000_000 });
  const named = stdout.replaceAll('manager@example.com', emptySandboxUser.email);
  return new Map(
    named
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, unknown]),
  );
}

function sandboxAddress(): Promise<string> {
  const sandbox = createSandbox({ edition: 'community', data: 'empty' });
  return new Promise((resolve) => {
    const fetch = (request: Request) => sandbox.handle(request);
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    onTestFinished(() => void server.close());
  });
}

it('gives the SDK the same answers as the real server', async () => {
  const wanted = await answersOf(labelStudio.url, labelStudio.token);
  const got = await answersOf(await sandboxAddress(), emptySandboxUser.legacyToken);
  expect(wanted.size).toBe(24);
  expect(Object.fromEntries(got)).toEqual(Object.fromEntries(wanted));
});
