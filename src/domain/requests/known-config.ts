import type { LabelConfig } from '#config/label-config.ts';
import type { JsonObject } from '#wire/json/json.ts';

/** Finds the labelling config that a request is checked against. */
export type ConfigOf = (request: JsonObject) => KnownConfig | UnknownConfig;

/** Whom an e-mail address or a name in lower case means; undefined as long as the users aren’t known. */
export type PersonOf = ((words: string) => readonly Person[]) | undefined;

export interface Person {
  id: number;
  name: string;
}

export interface KnownConfig {
  config: LabelConfig;
  /** The users of the server, by whose e-mail address or name an annotator may be given. */
  personOf?: () => PersonOf;
  /** Whether requests use the bulk endpoint, which is documented for six types of controls only. */
  isForBulk: boolean;
}

export interface UnknownConfig {
  config?: undefined;
  /** As that of a known config. */
  personOf?: () => PersonOf;
  /** Why there is none: a sentence without its full stop. */
  why: string;
}
