import { constants, deflateRawSync } from 'node:zlib';

const block = 16 * 2 ** 20;

/**
 * A small gzip file that unpacks to `size` zeros, a multiple of 16 MiB, created without compressing as much. Its
 * checksum is wrong.
 * @param {number} size
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function packedZeros(size) {
  // After a full flush, the same compressed bytes can be repeated.
  const packed = deflateRawSync(Buffer.alloc(block), { finishFlush: constants.Z_FULL_FLUSH });
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const lastBlock = Buffer.from([3, 0]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  const blocks = Array.from({ length: size / block }, () => packed);
  return Uint8Array.from(Buffer.concat([header, ...blocks, lastBlock, trailer]));
}
