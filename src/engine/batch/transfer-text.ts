import { transfer } from 'comlink';
import type { TransferredText } from './batch-text.ts';

/** Marks the text as moved rather than copied by a message, so that the page doesn't freeze. */
export const transferText = (text: TransferredText): TransferredText => transfer(text, [text.bytes.buffer]);
