import type { Json, JsonObject } from './json.ts';
import { str } from './python.ts';

/** The answer to a request that is not granted. Thrown by a rule, sent by the router. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: JsonObject;
  /** The body inside Label Studio's error envelope, or alone, or Django's page instead of it. */
  readonly form: 'envelope' | 'bare' | 'page';

  constructor(status: number, body: JsonObject, form: Refusal['form'] = 'envelope') {
    super(`${status} ${str(body['detail'])}`);
    this.status = status;
    this.body = body;
    this.form = form;
  }
}

/** Field name → what is wrong with it; `non_field_errors` where it is no single field. */
export type FieldErrors = Record<string, Json>;

export const invalid = (errors: FieldErrors) =>
  new Refusal(400, { detail: 'Validation error', validation_errors: errors });

export const invalidBody = (message: string) => invalid({ non_field_errors: [message] });

export const notFound = (model: string) =>
  new Refusal(404, { detail: `No ${model} matches the given query.` });

/** Seen on 1.23.2: import and export, which have no final slash, answer an unknown project with the page of an unknown route. */
export const pageNotFound = () => new Refusal(404, { detail: 'Not found.' }, 'page');

export const invalidPage = () => new Refusal(404, { detail: 'Invalid page.' });

export const forbidden = () =>
  new Refusal(403, { detail: 'You do not have permission to perform this action.' });

export const unauthorized = (detail = 'Authentication credentials were not provided.') =>
  new Refusal(401, { detail });

/** An exception nobody caught: 500 with the exception's text. Says nothing about what was stored before. */
export const serverError = (detail: string) => new Refusal(500, { detail });

/** A body of one `detail`, without the envelope, as Label Studio answers in a few places. */
export const bare = (status: number, detail: string) => new Refusal(status, { detail }, 'bare');

/** Something the real server does and this one does not. Never a guess: it says so. */
export const notSupported = (what: string) => bare(501, `The sandbox has no ${what}.`);
