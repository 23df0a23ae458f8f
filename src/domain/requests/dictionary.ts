import { keepCodeOf } from '#wire/keep-code.ts';

/** Dictionary codes (from 0) in the narrowest typed array that holds them. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** An array for codes that are at most `largest`. */
export function codesUpTo(largest: number, length: number): Codes {
  if (largest <= 0xff) return new Uint8Array(length);
  return largest <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

/** V8 stores larger numbers differently, and drops optimised code when a field changes that way. */
const largestCode = 0x3fff_ffff;

/** A growing array of codes that switches to a wider element type when needed. */
export class CodeWriter {
  private codes: Codes = new Uint8Array(0);
  private largest = 0xff;

  reserve(length: number): void {
    if (length > this.codes.length) this.widen(length);
  }

  write(index: number, code: number): void {
    if (code > this.largest) {
      this.largest = code > 0xffff ? largestCode : 0xffff;
      this.widen(this.codes.length);
    }
    if (index >= this.codes.length) this.widen(Math.ceil(index * 1.5) + 16);
    this.codes[index] = code;
  }

  finish(length: number): Codes {
    return this.codes.length === length ? this.codes : this.codes.subarray(0, length);
  }

  private widen(length: number): void {
    const codes = codesUpTo(this.largest, length);
    codes.set(this.codes);
    this.codes = codes;
  }
}

keepCodeOf(new CodeWriter());

/** Assigns codes to keys, counting from 0. */
export class Dictionary {
  private readonly codes = new Map<string, number>();

  codeOf(key: string): number {
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    const code = this.codes.size;
    this.codes.set(key, code);
    return code;
  }

  /** The code of a key; undefined if it has none. */
  find(key: string): number | undefined {
    return this.codes.get(key);
  }

  get size(): number {
    return this.codes.size;
  }
}
