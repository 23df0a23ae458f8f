import { createMiddleware } from 'hono/factory';

/**
 * Refuses DNS rebinding: another site’s name can resolve to this computer and become same-origin with Sheaf, but its
 * `Host` header reveals it.
 */
export const localHostsOnly = createMiddleware(async (c, next) => {
  const host = c.req.header('host') ?? '';
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) return next();
  return c.text(
    'Sheaf only accepts connections from this computer. Open it as localhost or 127.0.0.1.\n',
    403,
  );
});

/**
 * Redirects `localhost` to `127.0.0.1`, which browsers treat as another origin: runs and locks of one would be unknown
 * to the other.
 */
export const oneOrigin = createMiddleware(async (c, next) => {
  const host = c.req.header('host') ?? '';
  const isPage = c.req.method === 'GET' && c.req.header('sec-fetch-dest') === 'document';
  if (!isPage || !/^localhost(:\d+)?$/i.test(host)) return next();
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`http://${host.replace(/^localhost/i, '127.0.0.1')}${pathname}${search}`, 302);
});

/**
 * The proxy can reach servers that other pages can’t, so only Sheaf’s own pages may use it. Browsers send
 * `Sec-Fetch-Site`; other clients don’t, and are allowed.
 */
export const ownPageOnly = createMiddleware(async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return next();
  return c.text('This proxy only accepts requests from Sheaf’s own pages.\n', 403);
});
