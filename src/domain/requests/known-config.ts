import type { LabelConfig } from '#config/label-config.ts';
import type { JsonObject } from '#wire/json/json.ts';

/** Finds the labelling config to check a request against. */
export type ConfigOf = (request: JsonObject) => KnownConfig | UnknownConfig;

/** The users with an e-mail address or name in lower case; undefined while the users are unknown. */
export type PersonOf = ((words: string) => readonly Person[]) | undefined;

export interface Person {
  id: number;
  name: string;
}

export interface KnownConfig {
  config: LabelConfig;
  /** Finds server users, because annotators may be given by e-mail address or name. */
  personOf?: () => PersonOf;
  /** True if requests use the bulk endpoint, which is documented for only six types of controls. */
  isForBulk: boolean;
}

export interface UnknownConfig {
  config?: undefined;
  /** The same as in a known config. */
  personOf?: () => PersonOf;
  /** Why there is none: a sentence without its full stop. */
  why: string;
}
