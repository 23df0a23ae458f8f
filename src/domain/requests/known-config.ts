import type { LabelConfig } from '#config/label-config.ts';
import type { JsonObject } from '#wire/json.ts';

/** The labelling config that a request's regions must fit. */
export type ConfigOf = (request: JsonObject) => KnownConfig | UnknownConfig;

export interface KnownConfig {
  config: LabelConfig;
  /** Whether its requests go to the bulk endpoint, which is documented for six kinds of answers only. */
  isForBulk: boolean;
}

export interface UnknownConfig {
  config?: undefined;
  /** Why it is not known, as a sentence without its full stop. */
  why: string;
}
