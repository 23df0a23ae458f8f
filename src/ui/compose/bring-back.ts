import type { Engine, TextOnScreen } from '#engine/engine.ts';

/** The text as it was. A large one is kept by the engine; where it is not any more, the text stays as it is. */
export const bringBack =
  (engine: Pick<Engine, 'bringBack'>, before: TextOnScreen) =>
  async (now: TextOnScreen): Promise<TextOnScreen> => {
    if (before.size === 'small') return before;
    const { edition, typed } = before;
    return (await engine.bringBack({ edition, typed })) ?? now;
  };
