import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { readConnectTo, securityHeaders } from './security-headers.ts';

/** The built app under `folder`, as a static file server would give it, with the security headers. */
export function appFiles(folder: string) {
  const files = new Hono();

  files.use(async (c, next) => {
    const url = new URL(c.req.url);
    // Names under assets/ carry a hash of their content. A worker's policy is none of its content, so that is asked for.
    const isAsset = url.pathname.startsWith('/assets/');
    const isScript = isAsset && url.pathname.endsWith('.js');
    const connectTo = isScript ? readConnectTo(url) : undefined;
    if (connectTo === false) return c.text('connect-to wants an origin: https://labels.example.com\n', 400);

    await next();
    for (const [name, value] of Object.entries(securityHeaders(connectTo))) c.header(name, value);
    const forever = isAsset && c.res.ok && connectTo === undefined;
    c.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  files.use(compress());
  files.get('*', serveStatic({ root: folder }));
  return files;
}
