import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Forwarded } from './call-memory.ts';

/** Request headers to forward. No cookies, because a session could belong to a different user than the token. */
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

/** The longest time to wait for an answer. */
const longestAnswerMs = 15 * 60 * 1000;

/** Error codes that occur before anything is sent. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const certificateErrors = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/**
 * Forwards requests to the server at `target`. It never retries, and an incomplete answer stays incomplete: annotations
 * may exist even if the answer is lost, and only the engine can find out.
 */
export function proxyTo(target: string) {
  const send = target.startsWith('https:') ? httpsRequest : httpRequest;

  function open(path: string, method: string, headers: IncomingMessage['headers']) {
    return send(urlOf(target, path), {
      method,
      headers: pick(headers, forwarded),
      // A new connection for each request: if a reused one closes, it is unknown whether the request arrived.
      agent: false,
    });
  }

  return {
    /** Forwards a request and streams its answer back. */
    stream(path: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
      const upstream = open(path, incoming.method ?? 'GET', incoming.headers);
      upstream.on('response', (answer) => {
        const status = answer.statusCode ?? 502;
        if (isRedirect(status)) {
          answer.destroy();
          refuse(outgoing, 'redirects', redirectWords(target, answer));
          return;
        }
        outgoing.writeHead(status, answerHeaders(answer));
        answer.on('error', () => outgoing.destroy());
        answer.pipe(outgoing);
      });
      upstream.on('error', (error: NodeJS.ErrnoException) => {
        if (outgoing.headersSent) outgoing.destroy();
        else refuse(outgoing, 'no-answer', noAnswerWords(target, error));
      });

      incoming.on('error', () => upstream.destroy());
      outgoing.on('close', () => upstream.destroy());
      incoming.pipe(upstream);
    },

    /** Forwards a POST whose body has arrived, and waits for the complete answer, even if the page leaves. */
    forwardWhole(path: string, headers: IncomingMessage['headers'], body: Uint8Array): Promise<Forwarded> {
      return new Promise((resolve) => {
        // EHOSTUNREACH and ENETUNREACH also occur after the body was sent.
        let wasConnected = false;
        const lost = (error: NodeJS.ErrnoException) =>
          resolve({
            kind: !wasConnected && notConnected.has(error.code ?? '') ? 'nothing-sent' : 'lost',
            message: noAnswerWords(target, error),
          });
        const upstream = open(path, 'POST', { ...headers, 'content-length': String(body.length) });
        upstream.on('socket', (socket) => socket.once('connect', () => (wasConnected = true)));
        upstream.setTimeout(longestAnswerMs, () => upstream.destroy(new Error('no answer for 15 minutes')));
        upstream.on('error', lost);
        upstream.on('response', (answer) => {
          const status = answer.statusCode ?? 502;
          if (isRedirect(status)) {
            answer.destroy();
            return resolve({ kind: 'lost', message: redirectWords(target, answer) });
          }
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', lost);
          answer.on('end', () =>
            resolve({
              kind: 'answered',
              answer: { status, headers: answerHeaders(answer), body: Buffer.concat(pieces) },
            }),
          );
        });
        upstream.end(body);
      });
    },
  };
}

/** @throws if the path leads outside the target, which a path from a request line never should */
function urlOf(target: string, path: string): URL {
  const url = new URL(target + path);
  const base = new URL(target);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '')
    throw new Error(`${path} leads to another server.`);
  return url;
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

const redirectWords = (target: string, { headers }: IncomingMessage): string =>
  `${target} redirects to ${headers.location ?? 'another address'}.`;

function noAnswerWords(target: string, error: NodeJS.ErrnoException): string {
  const code = error.code ?? error.message;
  const words = `Sheaf’s proxy got no response from ${target} (${code}).`;
  if (!certificateErrors.has(code)) return words;
  return `${words} Its certificate isn’t signed by an authority that Node knows: start Sheaf with NODE_EXTRA_CA_CERTS set to a file with it.`;
}

const answerHeaders = ({ headers }: IncomingMessage): Record<string, string> => ({
  ...pick(headers, returned),
  // Prevents scripts if an answer is opened as a page, because it would have Sheaf’s origin.
  'content-security-policy': `default-src 'none'; sandbox`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

function refuse(outgoing: ServerResponse, proxy: 'no-answer' | 'redirects', message: string) {
  // Deliberately not in Label Studio’s error format, which would mean that the server has finished the request.
  outgoing.writeHead(502, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  outgoing.end(JSON.stringify({ proxy, message }));
}

function pick(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}
