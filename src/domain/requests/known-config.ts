import type { LabelConfig } from '#config/label-config.ts';
import type { JsonObject } from '#wire/json.ts';

/** Finds the labelling config that a request is checked against. */
export type ConfigOf = (request: JsonObject) => KnownConfig | UnknownConfig;

export interface KnownConfig {
  config: LabelConfig;
  /** Whether requests use the bulk endpoint, which is documented for six types of controls only. */
  isForBulk: boolean;
}

export interface UnknownConfig {
  config?: undefined;
  /** Why there is none: a sentence without its full stop. */
  why: string;
}
