import { isTrue, type Attributes, type LabelConfig, type Option } from '#config/label-config.ts';
import type { Element } from './read-xml.ts';

/**
 * The hotkey of every option, by control and in option order; undefined if it has none, or if it depends on the task.
 */
export function hotkeys(config: LabelConfig): ReadonlyMap<string, readonly (string | undefined)[]> {
  const controls = [...config.controls.values()];
  return new Map(controls.map(({ name, options }) => [name, hotkeysOf(config, options)]));
}

/** The same for some options of one control, such as the children of a choice. */
export function hotkeysOf({ keys }: LabelConfig, options: readonly Option[]): (string | undefined)[] {
  return options.map(({ attributes }) => keys.get(attributes));
}

/** The keys that the editor assigns in this order: `makeComb` of `core/Hotkey.ts`. */
const automaticKeys = '1234567890qwetasdfgzxcvbyiopjklnm';

/**
 * Assigns keys like `setupHotKeys` of the editor's `stores/Annotation/Annotation.js`: first those in the config, then in
 * document order the next free key to each tag without one.
 */
export function keysOf(root: Element): ReadonlyMap<Attributes, string> {
  const tags = [...keyedTags(root, undefined)];
  const keys = new Map<Attributes, string>();
  for (const { attributes } of tags) {
    if (attributes?.['hotkey']) keys.set(attributes, attributes['hotkey']);
  }
  const taken = new Set([...keys.values()].map((key) => key.toLowerCase().replace(/\s/, '')));
  const free = automaticKeys.split('').filter((key) => !taken.has(key));
  for (const tag of tags) {
    if (tag.gets === 'unknown') break;
    if (tag.gets === 'given' || keys.has(tag.attributes)) continue;
    const key = free.shift();
    if (key !== undefined && tag.gets === 'next') keys.set(tag.attributes, key);
  }
  return keys;
}

/**
 * `next`: the next free key. `random`: a free key in random order. `given`: only a key from the config. `unknown`: the
 * task adds tags here, so the keys of all later tags are unknown.
 */
type Keyed =
  { gets: 'next' | 'random' | 'given'; attributes: Attributes } | { gets: 'unknown'; attributes?: never };

/** The editor's tags with `onHotKey`, in document order. */
function* keyedTags(element: Element, around: Element | undefined): Generator<Keyed> {
  const { tag, attributes, children } = element;
  switch (tag) {
    case 'label':
    case 'rating':
    case 'number':
    case 'shortcut':
    case 'timeseries':
    case 'filter':
      yield { gets: 'next', attributes };
      break;
    // Audio has a fixed key, Shift+Space.
    case 'audio':
    case 'audioplus':
      yield { gets: 'given', attributes };
      break;
    case 'choice':
      if (around?.tag === 'choices')
        yield { gets: isShuffled(element, around) ? 'random' : 'next', attributes };
  }
  if (addsEmptyLabel(element)) yield { gets: 'random', attributes: {} };
  const inside = tag === 'choices' || tag === 'taxonomy' ? element : around;
  if (tag === 'repeater') yield* repeatedTags(children.flatMap((child) => [...keyedTags(child, inside)]));
  else for (const child of children) yield* keyedTags(child, inside);
  if (tag !== 'taxonomy' && hasTaskOptions(element)) yield { gets: 'unknown' };
}

/** Tags inside a Repeater: the number of copies depends on the task. */
function* repeatedTags(tags: readonly Keyed[]): Generator<Keyed> {
  if (tags.some(({ gets }) => gets !== 'given')) yield { gets: 'unknown' };
  yield* tags;
}

/** With `randomize`, top-level choices get their keys in the order in which they are displayed. */
function isShuffled(choice: Element, choices: Element): boolean {
  return isTrue(choices.attributes, 'randomize') && choices.children.includes(choice);
}

/** With `allowEmpty`, the editor adds an empty label before the others: `tags/control/Labels/Labels.jsx`. */
function addsEmptyLabel({ tag, attributes, children }: Element): boolean {
  const hasOne = children.some(
    (child) => child.tag === 'label' && child.attributes['value'] === undefined && child.text === '',
  );
  return tag.endsWith('labels') && isTrue(attributes, 'allowempty') && !hasOne;
}

/** Whether options come from the task: `mixins/DynamicChildrenMixin.js`. */
function hasTaskOptions({ tag, attributes }: Element): boolean {
  return (tag === 'choices' || tag.endsWith('labels')) && attributes['value']?.startsWith('$') === true;
}
