/*
 * TextEncoder and TextDecoder are wherever JavaScript is, and pure; the language's own library leaves them to the browser's
 * and Node's. Only as much of them as is used here.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(encoding: 'utf-8', options: { ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}
