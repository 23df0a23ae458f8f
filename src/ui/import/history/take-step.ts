import type { Engine, TextOnScreen } from '#engine/engine.ts';
import type { Step, Way } from './steps.ts';

/** The text after a step; undefined where the engine does not keep it any more. */
export async function takeStep(
  engine: Pick<Engine, 'edit' | 'bringBack'>,
  { text: change }: Step,
  way: Way,
  now: TextOnScreen,
): Promise<TextOnScreen | undefined> {
  if (change === undefined) return now;
  if ('put' in change) {
    const { from, removed, put } = change;
    const [is, willBe] = way === 'undo' ? [put, removed] : [removed, put];
    return engine.edit([{ from, to: from + is.length, put: willBe }]);
  }
  const wanted = way === 'undo' ? change.before : change.after;
  if (wanted.size === 'small') return wanted;
  const { edition, typed } = wanted;
  return engine.bringBack({ edition, typed });
}
