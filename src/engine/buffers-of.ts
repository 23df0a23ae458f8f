import type { HandedOver } from './engine.ts';

/** What a message may move rather than copy. */
export const buffersOf = (texts: HandedOver): ArrayBuffer[] => texts.map(({ bytes }) => bytes.buffer);
