import type { Engine, TextOnScreen } from '#engine/engine.ts';

/** In UTF-16 code units: what the page hands over in one go without standing still for it. */
const sliceLength = 1_000_000;

/** Puts a long text into that of the engine, slice by slice: between two of them the page has time for everything else. */
export async function putLongText(
  engine: Pick<Engine, 'hold' | 'putHeld'>,
  place: { from: number; to: number },
  words: string,
): Promise<TextOnScreen> {
  for (let from = 0; from < words.length; from += sliceLength)
    await engine.hold(words.slice(from, from + sliceLength));
  return engine.putHeld(place);
}
