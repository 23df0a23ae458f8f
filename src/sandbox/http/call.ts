import { InvalidJson, readJson, TooDeep, type Json, type JsonObject } from './json.ts';
import { serverError, invalid, Refusal } from './refusal.ts';
import type { Settings } from '#sandbox/data/settings.ts';
import type { UserRow } from '#sandbox/data/rows.ts';
import type { Store } from '#sandbox/data/store.ts';

/** One request, as passed to a handler. */
export interface Call {
  method: string;
  url: URL;
  query: URLSearchParams;
  headers: Headers;
  /** The numbers in the path, in order. */
  ids: number[];
  store: Store;
  settings: Settings;
  /** The signed-in user. Reading it on an open route throws. */
  user: UserRow;
  body: Body;
}

/** A handler's answer. Text, bytes and streams are sent unchanged, other bodies as JSON. */
export interface Answer {
  status: number;
  body?: unknown;
  contentType?: string;
  /** The answer of a gateway in front of Label Studio: no envelope, cookie or CORS header. */
  raw?: Response;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** A request body, parsed lazily as in DRF: a 404 can come before the body's 400. */
export class Body {
  readonly #text: string;
  readonly #type: string;

  constructor(text: string, contentType: string | null) {
    this.#text = text;
    this.#type = (contentType ?? '').split(';')[0]!.trim();
  }

  get isForm(): boolean {
    return this.#type === 'application/x-www-form-urlencoded';
  }

  /**
   * The body as JSON; an empty body is an empty object.
   *
   * @throws {Refusal} 415, 400 or, for deep nesting, 500
   */
  read(): Json {
    if (this.#text === '') return {};
    if (this.isForm) return Object.fromEntries(new URLSearchParams(this.#text));
    if (this.#type !== 'application/json') {
      throw new Refusal(415, { detail: `Unsupported media type "${this.#type}" in request.` });
    }
    try {
      return readJson(this.#text);
    } catch (error) {
      if (error instanceof InvalidJson)
        throw new Refusal(400, { detail: `JSON parse error - ${error.message}` });
      if (error instanceof TooDeep) throw serverError(error.message);
      throw error;
    }
  }

  /** For views that use the body as a dict without checking its type. */
  readObject(): JsonObject {
    const value = this.read();
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw serverError(`'${Array.isArray(value) ? 'list' : typeof value}' object has no attribute 'get'`);
  }
}

/**
 * `int_from_request` of `core/utils/common.py`; 0 if missing.
 *
 * @throws {Refusal} 400 for text that isn't a number
 */
export function idParam(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '0';
  if (/^-?\d+$/.test(text)) return Number(text);
  throw invalid({ [name]: `Incorrect value in key "${name}" = "${text}". It should be digit string.` });
}

/** A page number or size; `otherwise` if it is missing or not a number. */
export function intParam(query: URLSearchParams, name: string, otherwise = 0): number {
  const text = query.get(name);
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : otherwise;
}

/** `bool_from_request` of `core/utils/params.py`. */
export const isTruthyParam = (text: string | null) =>
  ['true', '1', 'yes', 'on', 't', 'y'].includes((text ?? '').toLowerCase());
