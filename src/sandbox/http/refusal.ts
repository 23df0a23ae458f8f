import type { Json, JsonObject } from './json.ts';
import { str } from './python.ts';

/** An error response. Thrown by handlers and rules, sent by the router. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: JsonObject;
  /** Whether the body is sent in Label Studio's error envelope, bare, or replaced by Django's page. */
  readonly form: 'envelope' | 'bare' | 'page';

  constructor(status: number, body: JsonObject, form: Refusal['form'] = 'envelope') {
    super(`${status} ${str(body['detail'])}`);
    this.status = status;
    this.body = body;
    this.form = form;
  }
}

/** Field name → its errors; `non_field_errors` for errors of the whole body. */
export type FieldErrors = Record<string, Json>;

export const invalid = (errors: FieldErrors) =>
  new Refusal(400, { detail: 'Validation error', validation_errors: errors });

export const invalidBody = (message: string) => invalid({ non_field_errors: [message] });

export const notFound = (model: string) =>
  new Refusal(404, { detail: `No ${model} matches the given query.` });

/** Seen on 1.23.2: import and export answer an unknown project with the HTML page of an unknown route. */
export const pageNotFound = () => new Refusal(404, { detail: 'Not found.' }, 'page');

export const invalidPage = () => new Refusal(404, { detail: 'Invalid page.' });

export const forbidden = () =>
  new Refusal(403, { detail: 'You do not have permission to perform this action.' });

export const unauthorized = (detail = 'Authentication credentials were not provided.') =>
  new Refusal(401, { detail });

/** An uncaught exception: 500 with the exception's text. Rows may have been stored before it. */
export const serverError = (detail: string) => new Refusal(500, { detail });

/** A body with only `detail`, without the envelope, as in a few places of Label Studio. */
export const bare = (status: number, detail: string) => new Refusal(status, { detail }, 'bare');

/** A feature that only the real server has: an explicit 501 instead of a guess. */
export const notSupported = (what: string) => bare(501, `The sandbox has no ${what}.`);
