import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';
import { z } from '#wire/zod.ts';

/** A name for people, such as a title, cut so that every screen and message can show it. */
export const nameSchema = z.pipe(
  z.string(),
  z.transform((name: string) => excerpt(name, limits.shownUnits)),
);
