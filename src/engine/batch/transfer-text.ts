import { transfer } from 'comlink';
import type { TransferredText } from './batch-text.ts';

/** Transfers the text’s bytes instead of copying them, so that the page doesn’t freeze. */
export const transferText = (text: TransferredText): TransferredText => transfer(text, [text.bytes.buffer]);
