/** The size of a hash table for this many keys: a power of two, at most half full. */
export const slotsFor = (keys: number): number => 2 ** Math.ceil(Math.log2(keys * 2));
