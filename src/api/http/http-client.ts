import type { ZodMiniType } from 'zod/mini';
import type { Failure, Outcome } from '#wire/failure.ts';
import type { Json } from '#wire/json/json-value.ts';
import { writeJson } from '#wire/json/json-writer.ts';
import { limits } from '#wire/limits.ts';
import { callHeader } from '#wire/sheaf-call.ts';
import { excerpt, sizeInWords } from '#wire/text/words.ts';
import {
  failureOfAnswer,
  networkFailure,
  stoppedFailure,
  timeoutFailure,
  tooLargeFailure,
  unreadableFailure,
} from './failure-of.ts';
import { ListSplitter } from './list-splitter.ts';
import { readPieces, readText, readTextPieces } from './read-body.ts';
import type { TokenSource } from './token.ts';

/** Connection to one server with one token. All HTTP to Label Studio goes through it. */
export interface HttpClient {
  readonly base: string;
  /** The longest time that the server, or a gateway in front of it, works on a request. */
  readonly timeLimitSeconds: number;
  /** How long the server takes until it begins to answer, as seen in the fast ones of the last requests; 0 before the first. */
  latencySeconds(): number;
  call<T>(request: HttpRequest<T>): Promise<Outcome<T>>;
  /**
   * The same for a long list. `schema` is that of an item, and `take` gets one after the other while they arrive, so what it got
   * counts only if the outcome is ok.
   */
  callForList<T>(request: HttpRequest<T>, take: (item: T) => void): Promise<Outcome<undefined>>;
  /** Reads a file, such as a task's image. */
  readFile(request: FileRequest): Promise<Outcome<Blob>>;
}

export interface HttpRequest<T> {
  method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, relative to the server's base: `/api/projects/?page=1`. */
  path: string;
  body?: Json;
  /** The success status, 200 by default. Any other 2xx is an unexpected response. */
  status?: number;
  /** Schema of the response's JSON. */
  schema: ZodMiniType<T>;
  /** Reading stops as soon as a successful answer exceeds this size; `limits.answerBytes` by default. */
  maxBytes?: number;
  signal?: AbortSignal;
  /**
   * Set for a creating call, which is sent only once. Called right before sending, so that the time in the name is
   * true. Gives the name (see `callHeader`), or undefined to cancel the call.
   */
  nameCall?: NameCall;
  /** Sends no token: reading the version and refreshing a token need none. */
  anonymous?: boolean;
}

/** Rejects if the call can’t be stored; then nothing is sent. */
export type NameCall = () => Promise<string | undefined>;

export interface FileRequest {
  /** Path and query, relative to the server's base: `/data/upload/2/photo.png`. */
  path: string;
  /** Accepted content types; any other type is an unexpected response. */
  types: ReadonlySet<string>;
  /** Reading stops as soon as the file exceeds this size. */
  maxBytes: number;
}

export interface HttpClientOptions {
  base: string;
  timeLimitSeconds: number;
  /** The platform's `fetch`, or a sandbox in a spec. */
  fetch: (request: Request) => Promise<Response>;
  token?: TokenSource;
  /**
   * True for Sheaf’s own server, which recognises second copies of a call by a header that other servers don’t allow.
   */
  remembersCalls?: boolean;
}

/** Requests whose latency is remembered. */
const rememberedLatencies = 40;

/** Added to the server’s time limit before a request times out. */
const graceSeconds = 10;

/**
 * Creates the client. Every failure is a value. A request is repeated only after a 401 with a renewed access token, and
 * never if it creates something: the browser may have sent it twice, and the 401 concern only the second copy.
 */
export function createHttpClient({
  base,
  timeLimitSeconds,
  fetch,
  token,
  remembersCalls = false,
}: HttpClientOptions): HttpClient {
  /** Of the last requests, in milliseconds. */
  const latencies: number[] = [];
  async function send<T>(
    request: Sent,
    take: (response: Response) => Promise<Outcome<T>>,
    authorization: string | undefined,
    callName?: string,
  ): Promise<Outcome<T>> {
    // The timer ends with the request: AbortSignal.timeout() would keep both in memory until the time limit.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), (timeLimitSeconds + graceSeconds) * 1000);
    try {
      return await sendUntil(limit.signal, request, take, authorization, callName);
    } finally {
      clearTimeout(timer);
    }
  }

  async function sendUntil<T>(
    timeout: AbortSignal,
    request: Sent,
    take: (response: Response) => Promise<Outcome<T>>,
    authorization: string | undefined,
    callName: string | undefined,
  ): Promise<Outcome<T>> {
    const failed = (cause: unknown): Failure => {
      if (request.signal?.aborted) return stoppedFailure();
      return timeout.aborted ? timeoutFailure(timeLimitSeconds + graceSeconds) : networkFailure(cause);
    };

    let response: Response;
    const sentAt = performance.now();
    try {
      response = await fetch(
        new Request(base + request.path, {
          method: request.method,
          headers: headersOf(request, authorization, remembersCalls ? callName : undefined),
          ...(request.body !== undefined && { body: writeJson(request.body) }),
          // The server sets a session cookie; returning it would make an expired token work.
          credentials: 'omit',
          redirect: 'error',
          referrerPolicy: 'no-referrer',
          // Answers to other methods never come from the cache. With `no-store`, Chromium also sends a CORS preflight
          // before each of these calls.
          cache: request.method === 'GET' ? 'no-store' : 'default',
          signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
        }),
      );
    } catch (cause) {
      return { ok: false, failure: failed(cause) };
    }
    latencies.push(performance.now() - sentAt);
    if (latencies.length > rememberedLatencies) latencies.shift();

    try {
      return await take(response);
    } catch {
      const failure =
        request.signal?.aborted || timeout.aborted ? failed(undefined) : cutOff(request, response);
      return { ok: false, failure };
    }
  }

  async function ask<T>(
    request: Sent,
    take: (response: Response) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (request.anonymous || !token) return send(request, take, undefined);
    // A creating call is sent once, so its token must be valid as long as the call may take.
    const lastsMs = request.nameCall === undefined ? 0 : (timeLimitSeconds + graceSeconds) * 1000;
    const first = await token.authorization(lastsMs);
    if (!first.ok) return first;
    if (request.nameCall) {
      const callName = await request.nameCall();
      if (callName === undefined) return { ok: false, failure: stoppedFailure() };
      return send(request, take, first.value, callName);
    }
    const outcome = await send(request, take, first.value);
    if (outcome.ok || outcome.failure.status !== 401) return outcome;
    const second = await token.renewed(first.value);
    if (second === undefined) return outcome;
    return second.ok ? send(request, take, second.value) : second;
  }

  return {
    base,
    timeLimitSeconds,
    // The first quartile, because slower answers include the server’s other work.
    latencySeconds: () =>
      (latencies.toSorted((one, other) => one - other)[latencies.length >> 2] ?? 0) / 1000,
    call: (request) => ask(request, (response) => read(request, response)),
    callForList: (request, take) => ask(request, (response) => readList(request, response, take)),
    readFile: (request) =>
      // Label Studio answers 406 if only images are accepted.
      ask({ method: 'GET', path: request.path, accept: '*/*' }, (response) => takeFile(request, response)),
  };
}

/** A request without its response schema. */
type Sent = Omit<HttpRequest<unknown>, 'schema' | 'maxBytes'> & { accept?: string };

function headersOf(request: Sent, authorization: string | undefined, callName: string | undefined): Headers {
  // Label Studio's CORS preflight allows only these three headers.
  const headers = new Headers({ accept: request.accept ?? 'application/json' });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  if (authorization !== undefined) headers.set('authorization', authorization);
  if (callName !== undefined) headers.set(callHeader, callName);
  return headers;
}

async function read<T>(request: HttpRequest<T>, response: Response): Promise<Outcome<T>> {
  if (!response.ok) return refusedBy(response);
  let text = '';
  const failure = await readAnswer(request, response, (piece) => (text += piece));
  if (failure) return { ok: false, failure };
  let json: unknown;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    return { ok: false, failure: cutOff(request, response) };
  }
  return matched(request.schema, json, response);
}

async function readList<T>(
  request: HttpRequest<T>,
  response: Response,
  take: (item: T) => void,
): Promise<Outcome<undefined>> {
  if (!response.ok) return refusedBy(response);
  let mismatch: Failure | undefined;
  let index = 0;
  const list = new ListSplitter((text) => {
    const item = matched(request.schema, JSON.parse(text), response, [index]);
    index += 1;
    if (item.ok) take(item.value);
    else mismatch ??= item.failure;
  });
  // Whatever isn’t a list throws, as if it were cut off.
  const failure = (await readAnswer(request, response, (piece) => list.push(piece))) ?? mismatch;
  if (failure) return { ok: false, failure };
  return list.isWhole ? { ok: true, value: undefined } : { ok: false, failure: cutOff(request, response) };
}

/** Gives the text of a successful answer to `take`, piece by piece. */
async function readAnswer<T>(
  request: HttpRequest<T>,
  response: Response,
  take: (piece: string) => void,
): Promise<Failure | undefined> {
  const { maxBytes = limits.answerBytes, status = 200 } = request;
  const isSuccess = response.status === status;
  const isWhole = await readTextPieces(response, maxBytes, take);
  if (!isWhole) return tooLargeFailure(response.status, maxBytes, isSuccess);
  if (isSuccess) return undefined;
  // An unexpected 2xx may come from a gateway while the server is still working.
  return unreadableFailure(response.status, `status ${response.status} instead of ${status}`, false);
}

function matched<T>(
  schema: ZodMiniType<T>,
  json: unknown,
  { status }: Response,
  path: PropertyKey[] = [],
): Outcome<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const places = [...path, ...(parsed.error.issues[0]?.path ?? [])];
  const place = places.length > 0 ? ` at ${places.join('.')}` : '';
  const why = `its JSON doesn’t match the API documentation${place}`;
  return { ok: false, failure: unreadableFailure(status, why, true) };
}

async function refusedBy(response: Response): Promise<{ ok: false; failure: Failure }> {
  return { ok: false, failure: failureOfAnswer(response, await readText(response, limits.errorBytes)) };
}

async function takeFile({ types, maxBytes }: FileRequest, response: Response): Promise<Outcome<Blob>> {
  if (!response.ok) return refusedBy(response);
  const refuse = (why: string): Outcome<Blob> => ({
    ok: false,
    failure: unreadableFailure(response.status, why, true),
  });
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (!types.has(type)) {
    await response.body?.cancel();
    return refuse(`its content type is “${excerpt(type, limits.shownUnits)}”`);
  }
  const pieces: BlobPart[] = [];
  const isWhole = await readPieces(response, maxBytes, (piece) => pieces.push(piece.slice()));
  if (!isWhole) return refuse(`it is larger than ${sizeInWords(maxBytes)}`);
  return { ok: true, value: new Blob(pieces, { type }) };
}

function cutOff(request: Sent, { status }: Response): Failure {
  const isSuccess = status === (request.status ?? 200);
  return unreadableFailure(status, 'it is incomplete or not JSON', isSuccess);
}
