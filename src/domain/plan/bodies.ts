import { writeJson, type JsonObject } from '#wire/json.ts';

const encoder = new TextEncoder();

/** Collects request bodies as JSON in one UTF-8 buffer: a string of each would cost more than twice as much. */
export class BodyWriter {
  private bytes = new Uint8Array(1 << 12);
  private length = 0;

  /** Appends a body; returns where it ends. */
  write(body: JsonObject): number {
    const text = writeJson(body);
    this.reserve(3 * text.length);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
    return this.length;
  }

  /** Gives a buffer of exactly the written size, since it is stored. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
