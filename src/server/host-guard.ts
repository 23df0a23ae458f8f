import { createMiddleware } from 'hono/factory';

/**
 * Sheaf's server answers on this computer only, but a page elsewhere can have its own name point here (DNS rebinding)
 * and so become the same origin as Sheaf. Such a page still has to say its name.
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
 * The proxy may reach what other pages cannot, so only Sheaf's own page, or no page at all, may use it. Browsers tell
 * in `Sec-Fetch-Site`; what is no browser does not send it.
 */
export const ownPageOnly = createMiddleware(async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return next();
  return c.text('This proxy only accepts requests from Sheaf’s own pages.\n', 403);
});
