import { transfer } from 'comlink';
import type { Bytes } from '#domain/text/source-text.ts';
import type { TextVersion } from './text-history.ts';

/** Texts on their way from one engine to another; the last one is the current text. */
export type TransferredTexts = (TextVersion & { bytes: Bytes })[];

/** Marks the texts as moved rather than copied by a message, so that the page doesn't freeze. */
export const transferTexts = (texts: TransferredTexts): TransferredTexts =>
  transfer(
    texts,
    texts.map(({ bytes }) => bytes.buffer),
  );
