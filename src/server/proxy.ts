import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What Label Studio needs to know of a request; above all no cookie, which would sign in somebody else than the token. */
const forwarded = ['authorization', 'content-type', 'accept', 'content-length'] as const;

/** What of an answer means anything here: no cookies, no CORS, no policies of another page. */
const returned = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'retry-after',
  'www-authenticate',
] as const;

/**
 * Hands one request on to the server at `target`, and its answer back, both as streams.
 *
 * It never asks twice and never makes a cut answer look whole: a request that creates annotations may have done so
 * even where its answer is lost, and only the engine knows how to find out.
 */
export function proxyTo(target: string) {
  const send = target.startsWith('https:') ? httpsRequest : httpRequest;

  return (path: string, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const upstream = send(`${target}${path}`, {
      method: incoming.method ?? 'GET',
      headers: pick(incoming.headers, forwarded),
      // A connection for each request: one that was kept may be dying, and a request lost with it is of unknown fate.
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
        // Should somebody open such an answer as a page: it is not part of Sheaf, and runs nothing here.
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
  // Not the shape of Label Studio's own errors: those say that its work on the request has ended, this one does not.
  outgoing.writeHead(502, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  outgoing.end(JSON.stringify({ proxy, message }));
}

function pick<Name extends string>(headers: IncomingMessage['headers'], names: readonly Name[]) {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}
