import { limits } from '#wire/limits.ts';
import type { PlacedProblem } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import {
  isTrue,
  type Attributes,
  type Condition,
  type Control,
  type LabelConfig,
  type ObjectTag,
  type Option,
} from '#config/label-config.ts';
import { keysOf } from './hotkeys.ts';
import { problemAt, readXml, type Element } from './read-xml.ts';
import { findTag } from '#config/control-tags.ts';

export type ReadConfig = { ok: true; config: LabelConfig } | { ok: false; problem: PlacedProblem };

/**
 * Reads a labelling config as the editor does: tags and attributes in any case, a label's text as its value, `toName`
 * optional if there is only one object. Unknown tags are allowed.
 */
export function readConfig(xml: string): ReadConfig {
  const read = readXml(xml);
  if (!read.ok) return read;
  const tooLong = longName(read.root);
  if (tooLong !== undefined)
    return {
      ok: false,
      problem: problemAt(xml, tooLong.offset, 'error', 'config-name-too-long', tooLong.message),
    };
  const reader = new ConfigReader(xml);
  reader.walk(read.root, { conditions: [], indexFlag: undefined });
  return { ok: true, config: { ...reader.finish(), keys: keysOf(read.root) } };
}

/** Tags whose text or value is a label. */
const labelTags = new Set(['choice', 'label', 'relation', 'bucket']);

/** Limited, because messages and the form repeat names and labels. */
function longName({
  tag,
  attributes,
  text,
  children,
  offset,
}: Element): { offset: number; message: string } | undefined {
  const name = Math.max(tag.length, attributes['name']?.length ?? 0);
  const tooLong = (what: string, length: number, max: number) => ({
    offset,
    message: `This ${what} has ${count(length, 'character')}. At most ${count(max, 'character')} can be read.`,
  });
  if (name > limits.controlNameUnits) return tooLong('name', name, limits.controlNameUnits);
  const { value = '', alias = '', title = '' } = attributes;
  const label = labelTags.has(tag) ? Math.max(...[text, value, alias, title].map(({ length }) => length)) : 0;
  if (label > limits.labelUnits) return tooLong('label', label, limits.labelUnits);
  for (const child of children) {
    const found = longName(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Properties inherited from ancestors. */
interface Inherited {
  conditions: readonly Condition[];
  indexFlag: string | undefined;
}

/** Tags with a name and a `toName` that are not controls: `_NOT_CONTROL_TAGS` of the SDK's label_config.py. */
const notControls = new Set(['filter']);

/** The editor's object tags. Only these count where `toName` is missing: `extractNames` in its `core/Tree.tsx`. */
const objectTags = new Set(
  'audio audioplus chat hypertext image list object3d paragraphs pdf reactcode table text timeseries video'.split(
    ' ',
  ),
);

class ConfigReader {
  private readonly xml: string;
  private readonly controls = new Map<string, { control: Control; offset: number }>();
  private readonly objects = new Map<string, ObjectTag>();
  private readonly names = new Set<string>();
  private readonly problems: PlacedProblem[] = [];
  private relations: string[] | undefined;

  constructor(xml: string) {
    this.xml = xml;
  }

  walk(element: Element, inherited: Inherited): void {
    const { tag, attributes } = element;
    const inside: Inherited = {
      conditions: [...inherited.conditions, ...conditionsOf(element)],
      indexFlag: tag === 'repeater' ? (attributes['indexflag'] ?? '{{idx}}') : inherited.indexFlag,
    };
    if (tag === 'relations') this.relations = optionsIn(element, 'relation').map(({ result }) => result);
    const { name } = attributes;
    if (name !== undefined && name !== '') this.named(name, element, inside);
    for (const child of element.children) this.walk(child, inside);
  }

  private named(name: string, element: Element, inside: Inherited): void {
    const { tag, attributes, written, offset } = element;
    const known = findTag(tag);
    const isControl =
      known !== undefined || (Boolean(attributes['toname']) && !notControls.has(tag) && !objectTags.has(tag));
    const isObject =
      objectTags.has(tag) || (!isControl && Boolean(attributes['value'] ?? attributes['valuelist']));
    if (!isControl && !isObject) return;
    if (this.names.has(name)) {
      const message = `The name “${name}” is used twice. The last one counts.`;
      this.warn('name-twice', message, offset);
    }
    this.names.add(name);
    if (isObject) this.objects.set(name, { name, tag: written, attributes });
    if (isControl) this.controls.set(name, { control: controlOf(name, element, inside), offset });
  }

  private warn(code: string, message: string, offset: number): void {
    this.problems.push(problemAt(this.xml, offset, 'warning', code, message));
  }

  finish(): Omit<LabelConfig, 'keys'> {
    const controls = new Map<string, Control>();
    for (const [name, { control, offset }] of this.controls) {
      controls.set(name, this.withObjects(control, offset));
    }
    return { controls, objects: this.objects, relations: this.relations, problems: this.problems };
  }

  /** Fills in a missing `toName` if there is only one object. */
  private withObjects(control: Control, offset: number): Control {
    if (findTag(control.tag)?.isItsOwnObject && control.toName.length === 0) {
      return { ...control, toName: [control.name] };
    }
    if (control.toName.length > 0) {
      const missing = control.toName.filter((name) => !this.objects.has(name) && !this.controls.has(name));
      if (missing.length > 0 && control.indexFlag === undefined) {
        const message = `“${control.name}” points to “${missing.join('”, “')}”, which isn’t in the config.`;
        this.warn('to-name-unknown', message, offset);
      }
      return control;
    }
    const candidates = [...this.objects.values()].filter(({ tag }) => objectTags.has(tag.toLowerCase()));
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return { ...control, toName: [only.name] };
    const message = `“${control.name}” doesn’t say which object it applies to (toName).`;
    this.warn('to-name-missing', message, offset);
    return control;
  }
}

function controlOf(name: string, element: Element, { conditions, indexFlag }: Inherited): Control {
  const { tag, written, attributes } = element;
  const known = findTag(tag);
  const isTree = known?.tag === 'Taxonomy' || isTrue(attributes, 'allownested');
  const options =
    known?.tag === 'Ranker'
      ? bucketsIn(element)
      : optionsIn(element, tag === 'choices' || tag === 'taxonomy' ? 'choice' : 'label');
  return {
    name,
    tag: known?.tag ?? written,
    type: known?.type ?? tag,
    isKnown: known !== undefined,
    toName: known?.tag === 'Pairwise' ? [name] : namesOf(attributes['toname']),
    options,
    choice: attributes['choice'] === 'multiple' ? 'multiple' : 'single',
    isNested: isTree,
    optionsFromTask: isFromTask(attributes, options, known?.tag),
    perRegion: isTrue(attributes, 'perregion'),
    perItem: isTrue(attributes, 'peritem'),
    required: isTrue(attributes, 'required'),
    conditions,
    indexFlag,
    attributes,
  };
}

function namesOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * The labels or choices of an element, through any views in between. Text between the tags wins over the `value`
 * attribute, as in the editor: `tagIntoObject` of `core/Tree.tsx`.
 */
function optionsIn(element: Element, tag: string): Option[] {
  return element.children.flatMap((child): Option[] => {
    // Skips the options of another control.
    if (child.tag !== tag) return child.attributes['toname'] ? [] : optionsIn(child, tag);
    const value = child.text === '' ? (child.attributes['value'] ?? '') : child.text;
    // Only a Choice may have an empty alias: `_resultValue` of the editor's `Choice.jsx`, `selectedValues` of its mixins.
    const { alias } = child.attributes;
    const result = tag === 'choice' ? (alias ?? value) : alias || value;
    if (result === '') return [];
    return [{ value, result, attributes: child.attributes, children: optionsIn(child, tag) }];
  });
}

function bucketsIn(element: Element): Option[] {
  return element.children
    .filter(({ tag, attributes }) => tag === 'bucket' && attributes['name'])
    .map(({ attributes }) => ({
      value: attributes['title'] ?? attributes['name']!,
      result: attributes['name']!,
      attributes,
      children: [],
    }));
}

/**
 * Options come from the task (`value="$options"`, or `value="Player $name"` of a single choice) or from `apiUrl`. A
 * digit after the `$` is a price.
 */
function isFromTask(attributes: Attributes, options: readonly Option[], tag: string | undefined): boolean {
  if (attributes['apiurl']) return true;
  const takesOptions = tag === 'Choices' || tag === 'Taxonomy' || tag?.endsWith('Labels');
  if (takesOptions && attributes['value']?.startsWith('$')) return true;
  const variable = tag === 'Choices' ? /^\$|\$[a-z_]/i : /^\$/;
  const fromTask = (option: Option): boolean =>
    variable.test(option.result) || option.children.some(fromTask);
  return options.some(fromTask);
}

/** The tags with the editor's `mixins/Visibility.js`. Others ignore `visibleWhen`. */
const conditionalTags = new Set(['view', 'choices', 'taxonomy', 'textarea']);

/**
 * Without `visibleWhen`, `whenChoiceValue` means choice-selected, and `whenLabelValue` of a per-region control means
 * region-selected: the editor's `mixins/Visibility.js` and `mixins/PerRegion.js`.
 */
function conditionsOf({ tag: element, attributes }: Element): Condition[] {
  const { visiblewhen, whentagname: tag, whenchoicevalue, whenlabelvalue, whenrole } = attributes;
  const labels = whenlabelvalue?.split(',');
  const isForLabels = isTrue(attributes, 'perregion') && Boolean(whenlabelvalue);
  if (findTag(element) !== undefined && !conditionalTags.has(element))
    return isForLabels ? [{ when: 'region-selected', tag: undefined, choices: undefined, labels }] : [];
  const when =
    visiblewhen ?? (whenchoicevalue ? 'choice-selected' : isForLabels || whenrole ? 'region-selected' : '');
  switch (when) {
    case 'choice-selected':
    case 'choice-unselected':
    case 'region-selected':
    case 'no-region-selected':
      return [{ when, tag, choices: whenchoicevalue?.split(','), labels }];
    default:
      return [];
  }
}
