import { isTrue, type Attributes, type LabelConfig, type Option } from '#config/label-config.ts';
import type { Element } from './read-xml.ts';

/**
 * The key of every option, by the name of its control and in the order of its options; undefined where it has none, or
 * where only the task can tell.
 */
export function hotkeys(config: LabelConfig): ReadonlyMap<string, readonly (string | undefined)[]> {
  const controls = [...config.controls.values()];
  return new Map(controls.map(({ name, options }) => [name, hotkeysOf(config, options)]));
}

/** The same for some options of one control, such as those below another. */
export function hotkeysOf({ keys }: LabelConfig, options: readonly Option[]): (string | undefined)[] {
  return options.map(({ attributes }) => keys.get(attributes));
}

/** The keys that the editor makes up, in its order: `makeComb` of `web/libs/editor/src/core/Hotkey.ts`. */
const madeUp = '1234567890qwetasdfgzxcvbyiopjklnm';

/**
 * The keys of all tags, as `setupHotKeys` of the editor's `stores/Annotation/Annotation.js` gives them: first the ones that
 * the config gives, then, through the whole config in its order, the next free one to each tag that has none.
 */
export function keysOf(root: Element): ReadonlyMap<Attributes, string> {
  const tags = [...keyedTags(root, undefined)];
  const keys = new Map<Attributes, string>();
  for (const { attributes } of tags) {
    if (attributes?.['hotkey']) keys.set(attributes, attributes['hotkey']);
  }
  const taken = new Set([...keys.values()].map((key) => key.toLowerCase().replace(/\s/, '')));
  const free = madeUp.split('').filter((key) => !taken.has(key));
  for (const tag of tags) {
    if (tag.gets === 'unknown') break;
    if (tag.gets === 'given' || keys.has(tag.attributes)) continue;
    const key = free.shift();
    if (key !== undefined && tag.gets === 'next') keys.set(tag.attributes, key);
  }
  return keys;
}

/**
 * `next`: one key, the next free one. `some`: one key, but in an order that is drawn by lot. `given`: none but the one that
 * the config gives. `unknown`: here come tags that the task brings, so that nothing is known of what follows.
 */
type Keyed =
  { gets: 'next' | 'some' | 'given'; attributes: Attributes } | { gets: 'unknown'; attributes?: never };

/** The tags with `onHotKey` in the editor's `tags`, in their order. */
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
    // A sound is played with Shift+Space.
    case 'audio':
    case 'audioplus':
      yield { gets: 'given', attributes };
      break;
    case 'choice':
      if (around?.tag === 'choices')
        yield { gets: isShuffled(element, around) ? 'some' : 'next', attributes };
  }
  if (addsEmptyLabel(element)) yield { gets: 'some', attributes: {} };
  const inside = tag === 'choices' || tag === 'taxonomy' ? element : around;
  if (tag === 'repeater') yield* onceUnknown(children.flatMap((child) => [...keyedTags(child, inside)]));
  else for (const child of children) yield* keyedTags(child, inside);
  if (tag !== 'taxonomy' && bringsOptions(element)) yield { gets: 'unknown' };
}

/** What is repeated for each thing of the task: how many times is not known. */
function* onceUnknown(tags: readonly Keyed[]): Generator<Keyed> {
  if (tags.some(({ gets }) => gets !== 'given')) yield { gets: 'unknown' };
  yield* tags;
}

/** With `randomize`, the topmost choices get their keys in the order they are shown in. */
function isShuffled(choice: Element, choices: Element): boolean {
  return isTrue(choices.attributes, 'randomize') && choices.children.includes(choice);
}

/** With `allowEmpty`, the editor puts one more label before the others: `tags/control/Labels/Labels.jsx`. */
function addsEmptyLabel({ tag, attributes, children }: Element): boolean {
  const hasOne = children.some(
    (child) => child.tag === 'label' && child.attributes['value'] === undefined && child.text === '',
  );
  return tag.endsWith('labels') && isTrue(attributes, 'allowempty') && !hasOne;
}

/** Whether the task brings more options: `mixins/DynamicChildrenMixin.js`. */
function bringsOptions({ tag, attributes }: Element): boolean {
  return (tag === 'choices' || tag.endsWith('labels')) && attributes['value']?.startsWith('$') === true;
}
