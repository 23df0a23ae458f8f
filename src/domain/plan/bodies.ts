import { writeJson, type JsonObject } from '#wire/json/json.ts';

const encoder = new TextEncoder();
const hyphen = 0x2d;

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

  /** Appends a finished body whose regions are marked as `from`, and marks them as `to`; returns where it ends. */
  copy(body: Uint8Array, from: string, to: string): number {
    // In a body a marker is the beginning of a string, followed by the number of the region.
    const [old, fresh] = [encoder.encode(`"${from}-`), encoder.encode(`"${to}-`)];
    this.reserve(Math.ceil((body.length / old.length) * Math.max(old.length, fresh.length)));
    // The rarest byte of a marker is searched for: looking at each byte takes longer.
    const dash = old.indexOf(hyphen);
    let copied = 0;
    for (let at = body.indexOf(hyphen); at !== -1; at = body.indexOf(hyphen, at + 1)) {
      const start = at - dash;
      if (start < copied || !old.every((byte, index) => body[start + index] === byte)) continue;
      this.append(body.subarray(copied, start));
      this.append(fresh);
      copied = start + old.length;
      at = copied - 1;
    }
    this.append(body.subarray(copied));
    return this.length;
  }

  private append(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
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
