import { authenticate } from './authenticate.ts';
import { Body, type Answer, type Call } from './call.ts';
import { NotSerializable, writeJson } from './json.ts';
import { errorPage, notFoundPage } from './pages.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from '#sandbox/data/settings.ts';
import type { UserRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';

export type Handler = (call: Call) => Answer | Promise<Answer>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One path with its methods. `<id>` in the path stands for a whole number, as Django's `<int:pk>`. */
export interface Route {
  path: string;
  methods: Partial<Record<Method, Handler>>;
  /** Open routes need no sign-in. */
  open?: boolean;
  /** The `Allow` header, where the real server supports other methods or sends none. */
  allow?: string;
  /** The `WWW-Authenticate` of a 401. */
  challenge?: string;
}

/** Turns a request into a response: routing, sign-in, error envelope and headers. */
export class Router {
  readonly #routes: (Route & { pattern: RegExp })[];
  readonly #store: Store;
  readonly #settings: Settings;

  constructor(routes: Route[], store: Store, settings: Settings) {
    this.#routes = routes.map((route) => ({
      ...route,
      pattern: new RegExp(`^${route.path.replaceAll('<id>', '(\\d+)').replaceAll('*', '.+')}$`),
    }));
    this.#store = store;
    this.#settings = settings;
  }

  async respond(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method')) {
      return preflight(request);
    }
    const url = new URL(request.url);
    const found = this.#find(url.pathname) ?? this.#find(`${url.pathname}/`);
    if (!found) return htmlResponse(request, 404, notFoundPage);

    const { route, ids } = found;
    try {
      const answer = await this.#answer(request, url, route, ids);
      return answer.raw ?? toResponse(request, route, answer);
    } catch (error) {
      if (error instanceof NotSerializable) return htmlResponse(request, 500, errorPage);
      if (error instanceof Refusal) return htmlResponse(request, error.status, notFoundPage);
      throw error;
    }
  }

  /** The server adds a missing final slash without a redirect: `core/middleware.py`. */
  #find(path: string) {
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (match) return { route, ids: match.slice(1).map(Number) };
    }
    return undefined;
  }

  async #answer(request: Request, url: URL, route: Route, ids: number[]): Promise<Answer> {
    const store = this.#store;
    const settings = this.#settings;
    const { headers } = request;
    try {
      const user = route.open ? anonymousUser : authenticate(headers, store, settings.now());
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const handler = route.methods[method as Method];
      if (!handler) throw new Refusal(405, { detail: `Method "${request.method}" not allowed.` });
      const body = new Body(await request.text(), headers.get('content-type'));
      return await handler({
        method,
        url,
        query: url.searchParams,
        headers,
        ids,
        store,
        settings,
        user,
        body,
      });
    } catch (error) {
      if (error instanceof Refusal && error.form !== 'page') return envelope(error);
      throw error;
    }
  }
}

const anonymousUser = new Proxy({} as UserRow, {
  get: () => {
    throw new Error('an open route has no user');
  },
});

/** `custom_exception_handler` of `core/utils/common.py`. */
function envelope({ status, body, form }: Refusal): Answer {
  if (form === 'bare') return { status, body };
  const { detail, ...more } = body;
  const id = crypto.randomUUID();
  return { status, body: { id, status_code: status, version: '1.23.2', detail, exc_info: null, ...more } };
}

function toResponse(request: Request, route: Route, { status, body, contentType }: Answer): Response {
  const headers = commonHeaders(request, status);
  const allow = route.allow ?? allowedMethods(route);
  if (allow !== '') headers.set('allow', allow);
  if (status === 401) headers.set('www-authenticate', route.challenge ?? 'Token');
  if (body === undefined) return new Response(null, { status, headers });
  headers.set('content-type', contentType ?? 'application/json');
  const isAsItIs = typeof body === 'string' || body instanceof ReadableStream || body instanceof Blob;
  const content = isAsItIs ? body : writeJson(body);
  return new Response(request.method === 'HEAD' ? null : content, { status, headers });
}

const htmlResponse = (request: Request, status: number, content: string) => {
  const headers = commonHeaders(request, status);
  headers.set('content-type', 'text/html; charset=utf-8');
  return new Response(content, { status, headers });
};

/** Seen on 1.23.2: every answer except a 500 starts a session for a client without one, even a 401. */
function commonHeaders(request: Request, status: number): Headers {
  const headers = new Headers();
  if (status < 500 && !request.headers.get('cookie')?.includes('sessionid=')) {
    headers.set('set-cookie', 'sessionid=sandbox; HttpOnly; Path=/; SameSite=Lax');
  }
  if (request.headers.has('origin')) headers.set('access-control-allow-origin', '*');
  return headers;
}

/** django-cors-headers with Label Studio's settings: the allowed methods and headers are fixed. */
function preflight(request: Request): Response {
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
  if (request.headers.has('origin')) {
    headers.set('access-control-allow-origin', '*');
    headers.set(
      'access-control-allow-headers',
      'accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with',
    );
    headers.set('access-control-allow-methods', 'DELETE, GET, OPTIONS, PATCH, POST, PUT');
    headers.set('access-control-max-age', '86400');
  }
  return new Response(null, { status: 200, headers });
}

function allowedMethods({ methods }: Route): string {
  const names = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((name) => methods[name]);
  return [...names, ...(methods.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}
