import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Request headers to forward. Cookies aren't, because a session could belong to another user than the token. */
const forwarded = ['authorization', 'content-type', 'accept', 'content-length'] as const;

/** Response headers to return: no cookies, CORS headers or security policies. */
const returned = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'retry-after',
  'www-authenticate',
] as const;

/**
 * Forwards one request to the server at `target` and streams its answer back. It never retries, and an incomplete answer
 * stays incomplete: the annotations may exist even if the answer is lost, and only the engine can find out.
 */
export function proxyTo(target: string) {
  const send = target.startsWith('https:') ? httpsRequest : httpRequest;

  return (path: string, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const upstream = send(`${target}${path}`, {
      method: incoming.method ?? 'GET',
      headers: pick(incoming.headers, forwarded),
      // A new connection for each request: with a reused one that closes, it is unknown whether the request arrived.
      agent: false,
    });

    upstream.on('response', (answer) => {
      const status = answer.statusCode ?? 502;
      if (status >= 300 && status < 400) {
        answer.destroy();
        refuse(
          outgoing,
          'redirects',
          `${target} redirects to ${answer.headers.location ?? 'another address'}.`,
        );
        return;
      }
      outgoing.writeHead(status, {
        ...pick(answer.headers, returned),
        // Prevents scripts if an answer is opened as a page, since it would have Sheaf's origin.
        'content-security-policy': `default-src 'none'; sandbox`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.headersSent) outgoing.destroy();
      else
        refuse(
          outgoing,
          'no-answer',
          `Sheaf’s proxy got no response from ${target} (${error.code ?? error.message}).`,
        );
    });

    incoming.on('error', () => upstream.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  };
}

function refuse(outgoing: ServerResponse, proxy: 'no-answer' | 'redirects', message: string) {
  // Differs from Label Studio's error format on purpose: that would mean that the server has finished the request.
  outgoing.writeHead(502, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  outgoing.end(JSON.stringify({ proxy, message }));
}

function pick<Name extends string>(headers: IncomingMessage['headers'], names: readonly Name[]) {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}
