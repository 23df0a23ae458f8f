import { isObject, InvalidJson, readJson, writeJson, type Json } from '#sandbox/http/json.ts';

/*
 * Compares the sandbox with the real server: requests as data for any server, and the differences between two answers
 * in status, relevant headers and body.
 */

/** Tokens are placeholders: `<legacy>`, `<PAT>`, `<access>`, and `<old PAT>` for the previous one. */
export interface RecordedRequest {
  method: string;
  path: string;
  authorization?: string;
  headers?: Record<string, string>;
  body?: Json;
  rawBody?: string;
}

/** `text` if the body isn't JSON. Tokens are placeholders, as in the requests. */
export interface RecordedResponse {
  status: number;
  headers: Record<string, string>;
  body?: Json;
  text?: string;
}

interface Server {
  base: string;
  fetch: (request: Request) => Promise<Response>;
  legacyToken: string;
  /** Names that differ between this server and the one it is compared with. */
  aliases?: [there: string, here: string][];
}

/** Sends requests to one server in order and remembers the tokens in its answers. */
export class RequestPlayer {
  readonly #server: Server;
  readonly #tokens: Record<string, string>;
  readonly #sent: string[] = [];

  constructor(server: Server) {
    this.#server = server;
    this.#tokens = { legacy: server.legacyToken };
  }

  async ask(asked: RecordedRequest): Promise<RecordedResponse> {
    const response = await this.#server.fetch(this.#toRequest(asked));
    const text = await response.text();
    this.#remember(text);
    const headers = Object.fromEntries(
      HEADERS.flatMap((name) => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    return { status: response.status, headers, ...read(this.#named(text)) };
  }

  /** True for values that the client itself sent, such as a `unique_id`; these must come back unchanged. */
  hasSent(text: string): boolean {
    return this.#sent.some((body) => body.includes(text));
  }

  #toRequest({ method, path, authorization, headers = {}, body, rawBody }: RecordedRequest): Request {
    const sent = new Headers(headers);
    if (authorization !== undefined) sent.set('authorization', asSent(this.#filled(authorization)));
    const content = rawBody === undefined ? body && this.#filled(writeJson(body)) : uncut(rawBody);
    if (content !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
    const sendsBody = !['GET', 'HEAD', 'OPTIONS'].includes(method) && content !== undefined;
    if (sendsBody) this.#sent.push(content as string);
    return new Request(`${this.#server.base}${path}`, {
      method,
      headers: sent,
      ...(sendsBody && { body: content as string }),
    });
  }

  #filled(text: string): string {
    return text
      .replace('<PAT> without signature', () => withoutSignature(this.#tokens['PAT'] ?? ''))
      .replace(/<(old PAT|PAT|access|legacy)>/, (whole, name: string) => this.#tokens[name] ?? whole);
  }

  #named(text: string): string {
    let named = text;
    for (const [name, token] of Object.entries(this.#tokens)) named = named.replaceAll(token, `<${name}>`);
    for (const name of ['PAT', 'old PAT']) {
      const token = this.#tokens[name];
      if (token !== undefined)
        named = named.replaceAll(withoutSignature(token), `<${name}> without signature`);
    }
    for (const [there, here] of this.#server.aliases ?? []) named = named.replaceAll(there, here);
    return named;
  }

  #remember(text: string): void {
    const { body } = read(text);
    if (!isObject(body)) return;
    const { token, refresh, access } = body;
    const personal = token ?? refresh;
    if (typeof personal === 'string' && personal.includes('.')) {
      if (this.#tokens['PAT'] !== undefined) this.#tokens['old PAT'] = this.#tokens['PAT'];
      this.#tokens['PAT'] = personal;
    }
    if (typeof access === 'string') this.#tokens['access'] = access;
  }
}

const HEADERS = [
  'content-type',
  'www-authenticate',
  'allow',
  'set-cookie',
  'access-control-allow-origin',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-max-age',
  'access-control-expose-headers',
];

const withoutSignature = (token: string) => token.split('.').slice(0, 2).join('.');

/** The recording names some headers instead of quoting them. */
const asSent = (authorization: string) =>
  authorization
    .replace('Token (empty)', 'Token ')
    .replace('f×40', 'f'.repeat(40))
    .replace(/'(.*)'/, '$1');

/** The recording cuts bodies over 900 characters; the only one has nested lists. */
const uncut = (text: string) =>
  text.endsWith('…') ? `{"result":${'['.repeat(5000)}${']'.repeat(5000)}}` : text;

function read(text: string): { body: Json } | { body?: never; text: string } {
  try {
    return { body: readJson(text) };
  } catch (error) {
    if (error instanceof InvalidJson) return { text };
    throw error;
  }
}

/** The differences between two answers, as `path: description`. `hasSent` is true for values sent by the client. */
export function differencesOf(
  wanted: RecordedResponse,
  got: RecordedResponse,
  hasSent: (text: string) => boolean,
): string[] {
  const headers = HEADERS.flatMap((name) =>
    compare(`header ${name}`, wanted.headers[name] ?? null, got.headers[name] ?? null, hasSent),
  );
  const content =
    wanted.text === undefined || got.text === undefined
      ? compare('body', wanted.body ?? wanted.text!, got.body ?? got.text, hasSent)
      : compareText(wanted.text, got.text);
  return [...compare('status', wanted.status, got.status, hasSent), ...headers, ...content];
}

/** Values that differ on every run: times and random ids. */
const ANY_OF: [RegExp, RegExp][] = [
  [/(?:_at|last_activity|date_joined|\.latest)$/, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{6})?Z$/],
  [/^body\.id$|\.unique_id$/, /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/],
  [/^header set-cookie$/, /^sessionid=/],
];

function compare(
  path: string,
  wanted: Json,
  got: Json | undefined,
  hasSent: (text: string) => boolean,
): string[] {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) return [`${path}: ${wanted.length} items wanted, ${got.length} got`];
    return wanted.flatMap((one, at) => compare(`${path}.${at}`, one, got[at], hasSent));
  }
  if (isObject(wanted) && isObject(got)) {
    return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) => {
      if (!(key in wanted)) return [`${path}.${key}: is not there on the server`];
      if (!(key in got)) return [`${path}.${key}: is missing`];
      return compare(`${path}.${key}`, wanted[key]!, got[key], hasSent);
    });
  }
  const pattern = ANY_OF.find(([name]) => name.test(path))?.[1];
  const bothMatch =
    pattern &&
    typeof wanted === 'string' &&
    typeof got === 'string' &&
    pattern.test(wanted) &&
    pattern.test(got);
  if (bothMatch && !hasSent(wanted)) return [];
  const isCut = typeof wanted === 'string' && wanted.length > 900 && wanted.endsWith('…');
  if (isCut && typeof got === 'string' && got.startsWith(wanted.slice(0, -1))) return [];
  return wanted === got ? [] : [`${path}: ${shown(wanted)} wanted, ${shown(got)} got`];
}

const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : writeJson(value));

/** A text, such as a table, without the times in it. */
const timeless = (text: string): string => text.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'time');

/**
 * HTML pages are compared by their beginning; large ones also by length, because clients should avoid the huge 404 page.
 */
function compareText(wanted: string, got: string): string[] {
  const recorded = /^<(\d+) characters, beginning '(.*)'>$/.exec(wanted);
  const beginning = recorded?.[2]!.replaceAll('\\n', '\n') ?? wanted.trimStart();
  const length = Number(recorded?.[1] ?? wanted.length);
  if (!beginning.startsWith('<'))
    return timeless(wanted) === timeless(got) ? [] : [`text: ${wanted} wanted, ${got} got`];
  const isAlike = beginning.slice(0, 30) === got.trimStart().slice(0, 30);
  const found = isAlike ? [] : [`text begins: ${beginning.slice(0, 30)} wanted, ${got.slice(0, 30)} got`];
  const isNear = length < 10_000 || Math.abs(got.length - length) < length / 100;
  return isNear ? found : [...found, `text length: ${length} wanted, ${got.length} got`];
}

/** An accepted difference in one request's answer, and the reason. */
export interface KnownDifference {
  name: string;
  /** With all that is below it. */
  path: string;
  why: string;
}

const isAt = (difference: string, path: string) =>
  difference.startsWith(`${path}:`) || difference.startsWith(`${path}.`);

/** Ignores known differences and tracks which of them no longer occur. */
export function knownDifferences(kept: KnownDifference[]) {
  const needed = new Set<KnownDifference>();
  return {
    unexpected: (name: string, differences: string[]): string[] =>
      differences.filter((difference) => {
        const excuse = kept.find((one) => one.name === name && isAt(difference, one.path));
        if (excuse) needed.add(excuse);
        return !excuse;
      }),
    outOfDate: (): KnownDifference[] => kept.filter((one) => !needed.has(one)),
  };
}
