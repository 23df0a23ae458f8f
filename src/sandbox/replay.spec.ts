import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSandbox } from './handle.ts';
import { isObject, readJson, writeJson, type Json, type JsonObject } from './json.ts';
import { emptySandboxUser } from './seeds.ts';

/**
 * Holds the sandbox to the real server: 183 requests that were made to Label Studio Community 1.23.2, in order, against
 * an empty server, and what it answered. Compared are the status, the headers that matter and the whole body.
 */

/** Where the sandbox differs, and why it may. Each must be needed: one that no longer differs fails as well. */
const kept: { name: string; path: string; why: string }[] = [
  { name: 'import tasks', path: 'body.duration', why: 'a measured time' },
  { name: 'import tasks into NER', path: 'body.duration', why: 'a measured time' },
  {
    name: 'annotation region unhashable id',
    path: 'body.detail',
    why: 'the traceback names files of Python',
  },
  {
    name: 'summary',
    path: 'body.all_data_columns.text',
    why: 'the server counts a column again with each annotation',
  },
  {
    name: 'summary',
    path: 'body.all_data_columns.sku',
    why: 'the server counts a column again with each annotation',
  },
];

interface Recorded {
  name: string;
  request: {
    method: string;
    path: string;
    authorization?: string;
    headers?: Record<string, string>;
    body?: Json;
    rawBody?: string;
  };
  response: { status: number; headers: Record<string, string>; body?: Json; text?: string };
}

const recordings = readFileSync(
  new URL('../../seeds/recorded/community-1.23.2.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => readJson(line) as unknown as Recorded)
  .filter((one) => 'request' in one);

const sandbox = createSandbox({ edition: 'community', data: 'empty' });
const tokens: Record<string, string> = { legacy: emptySandboxUser.legacyToken };
const needed = new Set<string>();

/** Requests depend on those before them, so all are made first, and each is then a test. */
const differences = new Map<Recorded, string[]>();
beforeAll(async () => {
  for (const recorded of recordings) differences.set(recorded, await replay(recorded));
});

describe('as Label Studio Community 1.23.2', () => {
  test.each(recordings.map((recorded, at) => [`${at + 1} ${recorded.name}`, recorded] as const))(
    '%s',
    (_, recorded) => {
      const unexpected = differences.get(recorded)!.filter((difference) => {
        const excuse = kept.find(
          (one) => one.name === recorded.name && difference.startsWith(`${one.path}:`),
        );
        if (excuse) needed.add(`${excuse.name} ${excuse.path}`);
        return !excuse;
      });
      expect(unexpected).toEqual([]);
    },
  );

  test('no kept difference is out of date', () => {
    expect(kept.map((one) => `${one.name} ${one.path}`).filter((one) => !needed.has(one))).toEqual([]);
  });
});

async function replay({ request, response: wanted }: Recorded): Promise<string[]> {
  const response = await sandbox.handle(toRequest(request));
  const text = await response.text();
  const isJson = wanted.body !== undefined;
  const body = isJson ? readJson(text) : undefined;
  if (isObject(body)) remember(body);

  const found = [...compare('status', wanted.status, response.status)];
  for (const name of HEADERS) {
    found.push(...compare(`header ${name}`, wanted.headers[name] ?? null, response.headers.get(name)));
  }
  if (isJson) found.push(...compare('body', fillIn(wanted.body!), body));
  else found.push(...compareText(wanted.text!, text));
  return found;
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

function toRequest({
  method,
  path,
  authorization,
  headers = {},
  body,
  rawBody,
}: Recorded['request']): Request {
  const sent = new Headers(headers);
  if (authorization !== undefined) sent.set('authorization', asSent(authorization));
  const content = rawBody === undefined ? body && writeJson(fillIn(body)) : uncut(rawBody);
  if (content !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  const sendsBody = !['GET', 'HEAD', 'OPTIONS'].includes(method) && content !== undefined;
  return new Request(`http://127.0.0.1:8080${path}`, {
    method,
    headers: sent,
    ...(sendsBody && { body: content as string }),
  });
}

/** The recording names some headers instead of quoting them. */
function asSent(authorization: string): string {
  return fill(authorization)
    .replace('Token (empty)', 'Token ')
    .replace('f×40', 'f'.repeat(40))
    .replace(/'(.*)'/, '$1');
}

/** Bodies over 900 characters are cut in the recording; there is one, of lists in lists. */
const uncut = (text: string) =>
  text.endsWith('…') ? `{"result":${'['.repeat(5000)}${']'.repeat(5000)}}` : text;

/** Tokens stand in the recording as `<PAT>`, `<access>` and `<legacy>`. */
const fill = (text: string) =>
  text
    .replace('<PAT> without signature', () => tokens['PAT']!.split('.').slice(0, 2).join('.'))
    .replace(/<(PAT|access|legacy)>/, (whole, name: string) => tokens[name] ?? whole);

function fillIn(value: Json): Json {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => fillIn(one));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one)]));
}

function remember(body: JsonObject): void {
  if (typeof body['token'] === 'string') tokens['PAT'] = body['token'];
  if (typeof body['access'] === 'string') tokens['access'] = body['access'];
}

/** What cannot be the same twice: moments, durations, and ids the server throws dice for. */
const ANY_OF: [RegExp, RegExp][] = [
  [/(?:_at|last_activity|date_joined)$/, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{6})?Z$/],
  [/^body\.id$|\.unique_id$/, /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/],
  [/^body\.(?:token|access)$/, /^[\w-]+\.[\w-]+\.[\w-]+$/],
  [/^header set-cookie$/, /^sessionid=/],
];

/** What a client chose comes back as it was: a `unique_id`, a `draft_created_at`. */
const wasSent = (text: string) =>
  recordings.some(({ request }) => request.body !== undefined && writeJson(request.body).includes(text));

function compare(path: string, wanted: Json, got: Json | undefined): string[] {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) return [`${path}: ${wanted.length} items wanted, ${got.length} got`];
    return wanted.flatMap((one, at) => compare(`${path}.${at}`, one, got[at]));
  }
  if (isObject(wanted) && isObject(got)) {
    return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) => {
      if (!(key in wanted)) return [`${path}.${key}: is not there on the server`];
      if (!(key in got)) return [`${path}.${key}: is missing`];
      return compare(`${path}.${key}`, wanted[key]!, got[key]);
    });
  }
  const pattern = ANY_OF.find(([name]) => name.test(path))?.[1];
  const bothMatch =
    pattern &&
    typeof wanted === 'string' &&
    typeof got === 'string' &&
    pattern.test(wanted) &&
    pattern.test(got);
  if (bothMatch && !wasSent(wanted)) return [];
  const isCut = typeof wanted === 'string' && wanted.length > 900 && wanted.endsWith('…');
  if (isCut && typeof got === 'string' && got.startsWith(wanted.slice(0, -1))) return [];
  return wanted === got ? [] : [`${path}: ${shown(wanted)} wanted, ${shown(got)} got`];
}

const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : writeJson(value));

/** Pages are recorded by their length and how they begin. Only the 404's size matters: it is why nobody should probe. */
function compareText(wanted: string, got: string): string[] {
  const page = /^<(\d+) characters, beginning '(.*)'>$/.exec(wanted);
  if (!page) return compare('text', wanted, got);
  const found = compare('text begins', page[2]!.replaceAll('\\n', '\n').slice(0, 30), got.slice(0, 30));
  const length = Number(page[1]);
  const isNear = length < 10_000 || Math.abs(got.length - length) < length / 100;
  return isNear ? found : [...found, `text length: ${length} wanted, ${got.length} got`];
}
