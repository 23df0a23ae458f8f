import type { Engine } from './engine.ts';

type Question = (...args: unknown[]) => unknown;

/**
 * An engine of which some calls are there at once. Any other one waits until `load` has brought the whole engine, and is
 * then answered in its turn; what could not be loaded is loaded anew by the next call. As long as nothing has asked for
 * the rest, `unloaded` answers what needs none of it.
 */
export function engineInParts(
  atOnce: Partial<Engine>,
  unloaded: Partial<Engine>,
  load: () => Promise<Engine>,
): Engine {
  let loading: Promise<Engine> | undefined;
  const whole = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));

  return new Proxy(atOnce as Engine, {
    get(_, name: keyof Engine): Question {
      const there = atOnce[name];
      if (there) return there as Question;
      return async (...args) => {
        const asked = (!loading && unloaded[name]) || (await whole())[name];
        return (asked as Question)(...args);
      };
    },
  });
}
