import { isObject, readJson, writeJson, type Json, type JsonObject } from '#sandbox/http/json.ts';
import type { RecordedRequest, RecordedResponse } from './exchange.ts';

/** Never an ID of an annotation. */
const unknownId = 999_999_999;

/**
 * Makes the answers of a server with PostgreSQL comparable with the sandbox, which follows one with SQLite: refused
 * annotations use up numbers there, and tasks and columns come in no order.
 */
export class Renumbering {
  readonly #ours = new Map<number, number>();
  readonly #theirs = new Map<number, number>();

  /** A request with the sandbox’s annotation IDs, for the server. */
  forServer(request: RecordedRequest): RecordedRequest {
    return renumbered(request, this.#theirs);
  }

  /** A request with the server’s annotation IDs, for the sandbox. */
  forSandbox(request: RecordedRequest): RecordedRequest {
    return renumbered(request, this.#ours);
  }

  /** The answers in one order, the server’s with the sandbox’s annotation IDs. An ID is paired where it first occurs. */
  aligned(theirs: RecordedResponse, ours: RecordedResponse): [RecordedResponse, RecordedResponse] {
    const [wanted, got] = [ordered(theirs), ordered(ours)];
    this.#pairIds(wanted.body, got.body);
    return [this.#translated(wanted), got];
  }

  #pairIds(theirs: Json | undefined, ours: Json | undefined): void {
    if (Array.isArray(theirs) && Array.isArray(ours))
      theirs.forEach((one, at) => this.#pairIds(one, ours[at]));
    if (!isObject(theirs) || !isObject(ours)) return;
    for (const [key, value] of Object.entries(theirs)) {
      const other = ours[key];
      if (!isAnnotationId(key, theirs)) this.#pairIds(value, other);
      else if (typeof value === 'number' && typeof other === 'number') this.#pair(value, other);
    }
  }

  #pair(theirs: number, ours: number): void {
    if (this.#ours.has(theirs) || this.#theirs.has(ours)) return;
    this.#ours.set(theirs, ours);
    this.#theirs.set(ours, theirs);
  }

  #translated(response: RecordedResponse): RecordedResponse {
    if (response.text === undefined)
      return { ...response, body: this.#translatedBody(response.body ?? null) };
    // The second column of a table of annotations.
    const text = response.text.replaceAll(/(?<=^"[^"]*"[,\t])\d+/gm, (id) => this.#idOf(id));
    return { ...response, text };
  }

  #translatedBody(body: Json): Json {
    if (Array.isArray(body)) return body.map((one) => this.#translatedBody(one));
    if (!isObject(body)) return body;
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => {
        if (typeof value === 'number' && isAnnotationId(key, body)) return [key, Number(this.#idOf(value))];
        if (typeof value === 'string' && key === 'annotations_ids')
          return [key, value.replaceAll(/\d+/g, (id) => this.#idOf(id))];
        return [key, this.#translatedBody(value)];
      }),
    );
  }

  #idOf = (theirs: string | number): string => String(this.#ours.get(Number(theirs)) ?? theirs);
}

const isAnnotationId = (key: string, { completed_by, result }: JsonObject): boolean =>
  key === 'annotation_id' ||
  key === 'parent_annotation' ||
  (key === 'id' && completed_by !== undefined && result !== undefined);

function renumbered(request: RecordedRequest, ids: ReadonlyMap<number, number>): RecordedRequest {
  const taken = new Set(ids.values());
  const other = (id: string) => String(ids.get(Number(id)) ?? (taken.has(Number(id)) ? unknownId : id));
  const path = request.path.replace(/(?<=\/api\/annotations\/)\d+/, other);
  const { body } = request;
  const parent = isObject(body) ? body['parent_annotation'] : undefined;
  if (typeof parent !== 'number') return { ...request, path };
  return {
    ...request,
    path,
    body: { ...(body as JsonObject), parent_annotation: Number(other(String(parent))) },
  };
}

/** Lists of texts, and of objects with an ID, sorted; so are the keys of JSON in the cells of a table. */
function ordered(response: RecordedResponse): RecordedResponse {
  if (response.text === undefined) return { ...response, body: sorted(response.body ?? null) };
  const text = response.text.replaceAll(/(?<=")[[{](?:[^"]|"")*(?=")/g, (cell) => {
    try {
      return writeJson(withSortedKeys(readJson(cell.replaceAll('""', '"'))));
    } catch {
      return cell;
    }
  });
  return { ...response, text };
}

function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, withSortedKeys(value[key]!)]));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted).toSorted(byId);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sorted(one)]));
}

function byId(one: Json, other: Json): number {
  const [first, second] = [one, other].map((item) => (isObject(item) ? item['id'] : item));
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  return typeof first === 'string' && typeof second === 'string' ? (first < second ? -1 : 1) : 0;
}
