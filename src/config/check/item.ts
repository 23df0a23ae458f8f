import type { JsonObject } from '#wire/json.ts';

/** One region and its place in the result. */
export interface Item {
  index: number;
  region: JsonObject;
}

export interface CheckOptions {
  /** A skip need not answer what is required. */
  isSkipped?: boolean;
  /** Whether it is meant for the bulk route, which is documented for six kinds of answers only. */
  isForBulk?: boolean;
}
