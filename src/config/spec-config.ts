import type { LabelConfig } from './label-config.ts';
import { readConfig } from '#config/read/read-config.ts';

/** The config with these tags, for specs. */
export function configOf(...tags: string[]): LabelConfig {
  const read = readConfig(`<View>${tags.join('\n')}</View>`);
  if (!read.ok) throw new Error(read.problem.message);
  return read.config;
}
