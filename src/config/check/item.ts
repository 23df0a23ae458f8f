import type { JsonObject } from '#wire/json/json.ts';

/** One region and its place in the result. */
export interface Item {
  index: number;
  region: JsonObject;
}

export interface CheckOptions {
  /** A skipped task needs no required answers. */
  isSkipped?: boolean;
  /** Warns of controls that bulk labelling is not documented for. */
  isForBulk?: boolean;
  /** The index of the first region, if these are only a part of a result. */
  first?: number;
}
