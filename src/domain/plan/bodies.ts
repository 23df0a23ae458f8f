import { writeJson, type JsonObject } from '#wire/json/json.ts';

const encoder = new TextEncoder();
const hyphen = 0x2d;
const quote = 0x22;

/** The size of a piece, unless a body is larger. */
const pieceBytes = 1 << 20;

/**
 * Bodies as JSON in UTF-8, one after another, cut into pieces anywhere: one buffer for all of 100,000 calls would be copied
 * when it grows, and again when it is stored.
 */
export type Bodies = Uint8Array<ArrayBuffer>[];

/** The bytes from one place to another; a copy only if they are in several pieces. */
export function bytesBetween(bodies: Bodies, from: number, to: number): Uint8Array {
  let start = 0;
  let copied: Uint8Array | undefined;
  for (const piece of bodies) {
    const part = piece.subarray(Math.max(0, from - start), Math.max(0, to - start));
    if (part.length === to - from) return part;
    if (part.length > 0) (copied ??= new Uint8Array(to - from)).set(part, Math.max(0, start - from));
    start += piece.length;
    if (start >= to) break;
  }
  return copied ?? new Uint8Array();
}

/** Collects request bodies as JSON in UTF-8: a string for each would cost more than twice as much. */
export class BodyWriter {
  private readonly full: Bodies = [];
  private fullLength = 0;
  /** Written again and again; what is in it is copied once it is full. */
  private piece = new Uint8Array(pieceBytes);
  private used = 0;

  /** Appends a body; returns its end. */
  write(body: JsonObject): number {
    const text = writeJson(body);
    const room = this.roomFor(3 * text.length);
    return this.took(encoder.encodeInto(text, room).written);
  }

  /** Appends a finished body. Its regions are marked as `from`, the copy’s as `to`; returns where it ends. */
  copy(body: Uint8Array, from: string, to: string): number {
    const room = this.roomFor(body.length * Math.max(1, Math.ceil((to.length + 2) / (from.length + 2))));
    let end = 0;
    for (let at = 0; at < body.length;) {
      const byte = body[at]!;
      room[end] = byte;
      at += 1;
      end += 1;
      // A marker is the beginning of a string, followed by the number of the region.
      if (byte !== quote || !isMarkerAt(body, at, from)) continue;
      for (let unit = 0; unit < to.length; unit += 1) room[end + unit] = to.charCodeAt(unit);
      end += to.length;
      at += from.length;
    }
    return this.took(end);
  }

  /** Returns pieces of exactly the written size, because they are stored. */
  finish(): Bodies {
    this.endPiece();
    return this.full;
  }

  /** The free part of a buffer, with at least this many bytes. */
  private roomFor(bytes: number): Uint8Array {
    if (this.used + bytes > this.piece.length) {
      this.endPiece();
      if (bytes > this.piece.length) this.piece = new Uint8Array(bytes);
    }
    return this.piece.subarray(this.used);
  }

  /** Returns the end of what was written to that part. */
  private took(bytes: number): number {
    this.used += bytes;
    return this.fullLength + this.used;
  }

  private endPiece(): void {
    if (this.used === 0) return;
    this.full.push(this.piece.slice(0, this.used));
    this.fullLength += this.used;
    this.used = 0;
  }
}

/** Markers are ASCII. Avoids creating strings, because there may be 100,000 bodies with several regions each. */
function isMarkerAt(body: Uint8Array, at: number, marker: string): boolean {
  for (let unit = 0; unit < marker.length; unit += 1)
    if (body[at + unit] !== marker.charCodeAt(unit)) return false;
  return body[at + marker.length] === hyphen;
}
