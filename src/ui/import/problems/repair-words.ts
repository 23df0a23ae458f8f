import type { Repair } from '#domain/text/repair-preview.ts';
import { count } from '#ui/components/numbers.ts';

/** `7 trailing commas, 12 texts in single quotes` */
export const repairWords = ({ kinds }: Repair) =>
  kinds.map((kind) => count(kind.count, kind.one, kind.many)).join(', ');

export const changesIn = ({ kinds }: Repair) => kinds.reduce((sum, kind) => sum + kind.count, 0);
