/**
 * What every answer with a part of the app carries. The README's advice for static deployments is the same list.
 *
 * Nothing is `unsafe-inline`, and there is no nonce, so that the headers stay the same for every answer and a plain
 * file server can send them too. Two libraries bring styles of their own:
 * - emotion (MUI) puts an empty `<style>` into the page and fills it rule by rule; only its emptiness has to be allowed.
 * - CodeMirror does the same with a full `<style>` in a document, which is refused, but adopts a constructed sheet in a
 *   shadow root. So the editor lives in one.
 */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/*
 * Images: the page shows those of tasks. What Label Studio itself keeps is read by the engine and comes as a `blob:`; what
 * a task names elsewhere is asked for by the browser, over https alone and without a referrer. Of a page whose scripts
 * were not ours an image's address could carry away what it knows; but it runs none but ours, and the token is not
 * there to be known: the engine's worker keeps it, which shows no images and may connect to one server only.
 */

/** The one Trusted Types policy: it makes the URL of the engine's worker. */
const trustedTypesPolicy = 'sheaf-engine';

/** `connectTo` is the origin of the one server that a worker may speak to besides its own. */
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
 * The page itself speaks to its own origin only. It starts its worker from `…/assets/NAME.js?connect-to=ORIGIN`, and a
 * worker obeys the policy that its own script came with: so the server that holds somebody's labels is open to the
 * engine alone, and the whole web to nobody.
 */
export function readConnectTo(url: URL): { origin?: string } | 'invalid' {
  if (!/^\/assets\/[^/]+\.js$/.test(url.pathname)) return {};
  const [origin, ...more] = url.searchParams.getAll('connect-to');
  if (origin === undefined) return {};
  return more.length === 0 && isWebOrigin(origin) ? { origin } : 'invalid';
}

/** In its only normal form; and nothing that a policy reads as more than one origin, which URLs allow in names: `*`. */
function isWebOrigin(text: string) {
  return /^https?:\/\/[a-z\d.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
