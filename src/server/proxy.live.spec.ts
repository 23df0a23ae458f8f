import { serve } from '@hono/node-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackend } from './backend.ts';

/** Where `npm test` has started a real Label Studio; without one this file is left out. */
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
  it('says who it is', async () => {
    const answer = await fetch(`${await proxied()}/api/version/`);
    expect(await answer.json()).toMatchObject({ edition: 'Community', release: '1.23.2' });
  });

  it('refuses who has no token, and starts no session', async () => {
    const answer = await fetch(`${await proxied()}/api/current-user/whoami`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Token');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('takes a token and a body', async () => {
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
