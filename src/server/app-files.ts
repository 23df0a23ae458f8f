import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { readConnectTo, securityHeaders } from './security-headers.ts';

/** Serves the built app in `folder` as static files with the security headers. */
export function appFiles(folder: string) {
  const files = new Hono();

  files.use(async (c, next) => {
    const connectTo = readConnectTo(new URL(c.req.url));
    if (connectTo === 'invalid')
      c.res = c.text('connect-to must be an origin, such as https://labels.example.com\n', 400);
    else await next();

    const origin = connectTo === 'invalid' ? undefined : connectTo.origin;
    for (const [name, value] of Object.entries(securityHeaders(origin))) c.header(name, value);
    // Names under assets/ contain a content hash. A worker's CSP isn't part of it, so workers are revalidated.
    const isForever = c.res.ok && c.req.path.startsWith('/assets/') && origin === undefined;
    c.header('Cache-Control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  files.use(compress());
  files.get('*', serveStatic({ root: folder }));
  return files;
}
