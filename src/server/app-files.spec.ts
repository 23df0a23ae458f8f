import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFiles } from './app-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'sheaf-app-files-'));
const files = appFiles(folder);
const get = (path: string, headers: Record<string, string> = {}) =>
  files.request(`http://127.0.0.1${path}`, { headers });

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'assets/engine.worker-x.js'), `export {};${' '.repeat(5000)}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the app’s files', () => {
  it.each([
    ['/', 'text/html'],
    ['/icon.svg', 'image/svg+xml'],
    ['/assets/engine.worker-x.js', 'text/javascript'],
  ])('serves %s as %s', async (path, type) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it.each(['/', '/icon.svg', '/assets/engine.worker-x.js', '/nothing', '/assets/nothing.js'])(
    'serves %s with the security headers',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each(['/nothing', '/assets/nothing.js', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets'])(
    'has no %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  it('lets the browser cache hashed files forever, and nothing else', async () => {
    const kept = async (path: string) => (await get(path)).headers.get('cache-control');
    expect(await kept('/assets/engine.worker-x.js')).toContain('immutable');
    expect(await kept('/assets/engine.worker-x.js?connect-to=https%3A%2F%2Fa.example')).toBe('no-cache');
    expect(await kept('/assets/nothing.js')).toBe('no-cache');
    expect(await kept('/')).toBe('no-cache');
  });

  it('compresses for clients that accept it', async () => {
    const answer = await get('/assets/engine.worker-x.js', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(500);
  });

  it('allows a worker to connect to the one server it names', async () => {
    const { headers } = await get('/assets/engine.worker-x.js?connect-to=https%3A%2F%2Flabels.example.com');
    expect(headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://labels.example.com;",
    );
  });

  it('answers 400 with all policies to an invalid origin', async () => {
    const answer = await get('/assets/engine.worker-x.js?connect-to=*');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self';");
  });
});
