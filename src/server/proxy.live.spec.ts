import { serve } from '@hono/node-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackend } from './backend.ts';

/** The address of the real Label Studio started by `npm test`; skipped without one. */
const labelStudio = process.env['SHEAF_LABEL_STUDIO_URL'] ?? '';
const authorization = `Token ${process.env['SHEAF_LABEL_STUDIO_TOKEN']}`;

function proxied(): Promise<string> {
  const backend = createBackend({ sandboxEdition: 'community', labelStudio });
  return new Promise((resolve) => {
    const server = serve({ fetch: backend.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}/label-studio`),
    );
    onTestFinished(() => void server.close());
  });
}

describe('a real Label Studio behind the proxy', () => {
  it('returns its version', async () => {
    const answer = await fetch(`${await proxied()}/api/version/`);
    expect(await answer.json()).toMatchObject({ edition: 'Community', release: '1.23.2' });
  });

  it('refuses requests without a token, and starts no session', async () => {
    const answer = await fetch(`${await proxied()}/api/current-user/whoami`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Token');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('forwards a token and a body', async () => {
    const url = await proxied();
    const validate = (labelConfig: string) =>
      fetch(`${url}/api/projects/validate/`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ label_config: labelConfig }),
      });
    const whole =
      '<View><Text name="t" value="$t"/><Choices name="ü" toName="t"><Choice value="🌾"/></Choices></View>';
    expect((await validate(whole)).status).toBe(204);

    const refused = await validate('<View');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toHaveProperty('label_config');
  });
});
