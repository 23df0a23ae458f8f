import { writeJson, type JsonObject } from '#wire/json/json.ts';

const encoder = new TextEncoder();
const hyphen = 0x2d;
const quote = 0x22;

/** Collects request bodies as JSON in one UTF-8 buffer: a string for each would cost more than twice as much. */
export class BodyWriter {
  private bytes = new Uint8Array(1 << 12);
  private length = 0;

  /** Appends a body; returns its end. */
  write(body: JsonObject): number {
    const text = writeJson(body);
    this.reserve(3 * text.length);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
    return this.length;
  }

  /**
   * Appends a finished body, which is a span of `source`. Its regions are marked as `from`, the copy’s as `to`; returns where it
   * ends.
   */
  copy(source: Uint8Array, span: { from: number; to: number }, from: string, to: string): number {
    const length = span.to - span.from;
    this.reserve(length * Math.max(1, Math.ceil((to.length + 2) / (from.length + 2))));
    const { bytes } = this;
    let end = this.length;
    for (let at = span.from; at < span.to;) {
      const byte = source[at]!;
      bytes[end] = byte;
      at += 1;
      end += 1;
      // A marker is the beginning of a string, followed by the number of the region.
      if (byte !== quote || !isMarkerAt(source, at, from)) continue;
      for (let unit = 0; unit < to.length; unit += 1) bytes[end + unit] = to.charCodeAt(unit);
      end += to.length;
      at += from.length;
    }
    this.length = end;
    return end;
  }

  /** Returns a buffer of exactly the written size, because it is stored. */
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

/** Markers are ASCII. Avoids creating strings, because there may be 100,000 bodies with several regions each. */
function isMarkerAt(source: Uint8Array, at: number, marker: string): boolean {
  for (let unit = 0; unit < marker.length; unit += 1)
    if (source[at + unit] !== marker.charCodeAt(unit)) return false;
  return source[at + marker.length] === hyphen;
}
