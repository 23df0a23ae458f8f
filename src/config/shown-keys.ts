import type { LabelConfig } from './label-config.ts';

/** A key of the tasks' data that annotators look at. */
export interface ShownKey {
  key: string;
  isImage: boolean;
}

/** What the object tags of a config show of a task, in the order of the config: `$image` of `<Image value="$image"/>`. */
export function shownKeys({ objects }: LabelConfig): ShownKey[] {
  const shown = new Map<string, ShownKey>();
  for (const { tag, attributes } of objects.values()) {
    const key = /^\$(.+)$/.exec(attributes['value'] ?? attributes['valuelist'] ?? '')?.[1];
    if (key !== undefined && !shown.has(key)) shown.set(key, { key, isImage: tag.toLowerCase() === 'image' });
  }
  return [...shown.values()];
}
