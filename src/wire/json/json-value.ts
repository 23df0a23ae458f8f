/** A number as written, because a double would change it: 9007199254740993, 0.1234567890123456789. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | number | ExactNumber | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** False for lists, null and exact numbers. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}
