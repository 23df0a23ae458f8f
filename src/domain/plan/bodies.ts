import { writeJson, type JsonObject } from '#wire/json/json.ts';

const encoder = new TextEncoder();
const hyphen = 0x2d;
const quote = 0x22;

/** The size of the buffers that bodies are written to. */
const pieceBytes = 1 << 20;

/**
 * Collects request bodies as JSON in UTF-8: a string for each would cost more than twice as much. They are joined only in the end,
 * because a buffer that grows is copied again and again.
 */
export class BodyWriter {
  /** The written parts of full buffers. */
  private readonly full: Uint8Array[] = [];
  private fullLength = 0;
  private piece = new Uint8Array();
  private used = 0;

  /** Appends a body; returns its end. */
  write(body: JsonObject): number {
    const text = writeJson(body);
    const room = this.roomFor(3 * text.length);
    return this.took(encoder.encodeInto(text, room).written);
  }

  /**
   * Appends a finished body, which is a span of `source`. Its regions are marked as `from`, the copy’s as `to`; returns where it
   * ends.
   */
  copy(source: Uint8Array, span: { from: number; to: number }, from: string, to: string): number {
    const length = span.to - span.from;
    const room = this.roomFor(length * Math.max(1, Math.ceil((to.length + 2) / (from.length + 2))));
    let end = 0;
    for (let at = span.from; at < span.to;) {
      const byte = source[at]!;
      room[end] = byte;
      at += 1;
      end += 1;
      // A marker is the beginning of a string, followed by the number of the region.
      if (byte !== quote || !isMarkerAt(source, at, from)) continue;
      for (let unit = 0; unit < to.length; unit += 1) room[end + unit] = to.charCodeAt(unit);
      end += to.length;
      at += from.length;
    }
    return this.took(end);
  }

  /** Returns a buffer of exactly the written size, because it is stored. */
  finish(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(this.fullLength + this.used);
    let end = 0;
    for (const part of [...this.full, this.piece.subarray(0, this.used)]) {
      joined.set(part, end);
      end += part.length;
    }
    return joined;
  }

  /** The free part of a buffer, with at least this many bytes. */
  private roomFor(bytes: number): Uint8Array {
    if (this.used + bytes > this.piece.length) {
      this.full.push(this.piece.subarray(0, this.used));
      this.fullLength += this.used;
      this.piece = new Uint8Array(Math.max(pieceBytes, bytes));
      this.used = 0;
    }
    return this.piece.subarray(this.used);
  }

  /** Returns the end of what was written to that part. */
  private took(bytes: number): number {
    this.used += bytes;
    return this.fullLength + this.used;
  }
}

/** Markers are ASCII. Avoids creating strings, because there may be 100,000 bodies with several regions each. */
function isMarkerAt(source: Uint8Array, at: number, marker: string): boolean {
  for (let unit = 0; unit < marker.length; unit += 1)
    if (source[at + unit] !== marker.charCodeAt(unit)) return false;
  return source[at + marker.length] === hyphen;
}
