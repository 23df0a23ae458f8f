/**
 * JSON whose numbers survive. A 64-bit `import_id` does not fit a JavaScript number, so a number that a double
 * cannot hold exactly is kept as the text it was written as.
 */

/** A number as it was written, because a double would change it: 9007199254740993, 0.1234567890123456789. */
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
