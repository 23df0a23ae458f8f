import { isWebOrigin } from '#wire/web-origin.ts';

/**
 * Security headers of every file of the app; `deploy/` has the same for other web servers.
 *
 * No `unsafe-inline` and no nonce, so the headers are constant and a static file server can send them. Two libraries add
 * styles:
 * - emotion (MUI) adds an empty `<style>` and fills it rule by rule; only the hash of the empty one must be allowed.
 * - CodeMirror adds a full `<style>` to a document, which is refused, but uses a constructed sheet in a shadow root. So
 *   the editor lives in a shadow root.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/*
 * Label Studio’s own images are read by the engine and shown as `blob:`. Others are loaded by the browser, only over
 * https and without a referrer. An image URL could leak data only through foreign scripts, which can’t run; the token
 * is only in the worker, which shows no images and may connect to one server.
 */

/** The only Trusted Types policy: it creates the URL of the engine's worker. */
const trustedTypesPolicy = 'sheaf-engine';

/** `connectTo` is the only other origin that the worker may connect to. */
export function contentSecurityPolicy(connectTo?: string) {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' ${emptyStyle}`,
    `img-src 'self' data: blob: https:`,
    `font-src 'self'`,
    `connect-src 'self'${connectTo === undefined ? '' : ` ${connectTo}`}`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types ${trustedTypesPolicy}`,
  ].join('; ');
}

export function securityHeaders(connectTo?: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connectTo),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'clipboard-read=(self), clipboard-write=(self), camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/**
 * The page may only connect to its own origin. A worker obeys the CSP of its own script, so the page starts it as
 * `…/assets/NAME.js?connect-to=ORIGIN`: only the engine can reach the labels' server, and no other.
 */
export function readConnectTo(url: URL): { origin?: string } | 'invalid' {
  if (!/^\/assets\/[^/]+\.js$/.test(url.pathname)) return {};
  const [origin, ...more] = url.searchParams.getAll('connect-to');
  if (origin === undefined) return {};
  return more.length === 0 && isWebOrigin(origin) ? { origin } : 'invalid';
}
