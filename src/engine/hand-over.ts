import { SourceText } from '#domain/text/source-text.ts';
import type { KeptText } from './earlier-texts.ts';
import type { HandedOver } from './engine.ts';

/** In copies, for what is handed over may be moved, and the run of a batch goes on reading its text. */
export const handedOver = (texts: readonly KeptText[]): HandedOver =>
  texts.map(({ edition, typed, text }) => ({ edition, typed, bytes: text.bytes.slice() }));

export const takenOver = (texts: HandedOver): KeptText[] =>
  texts.map(({ edition, typed, bytes }) => ({ edition, typed, text: SourceText.ofOwn(bytes) }));
