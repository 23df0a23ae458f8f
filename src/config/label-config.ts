import type { PlacedProblem } from '#wire/problem.ts';

/** A labelling config, as the editor reads it. */
export interface LabelConfig {
  /** By name in document order. Of two controls with the same name the last one counts, as in the editor. */
  controls: ReadonlyMap<string, Control>;
  objects: ReadonlyMap<string, ObjectTag>;
  /** The labels of relations; undefined without `<Relations>`. */
  relations: readonly string[] | undefined;
  /** Hotkeys by their tag’s attributes; `hotkeys()` returns them by control. */
  keys: ReadonlyMap<Attributes, string>;
  /** Problems of the config that don’t prevent reading it. */
  problems: readonly PlacedProblem[];
}

/** A control tag: a question, or a tool that draws regions. */
export interface Control {
  name: string;
  /** Spelled as in the documentation (`RectangleLabels`); unknown tags as written. */
  tag: string;
  /** The `type` of its regions. */
  type: string;
  /** False for tags that aren’t in `control-tags.ts`; their regions can’t be checked. */
  isKnown: boolean;
  /** Names of the objects it applies to. Chat, ReactCode and Pairwise name themselves. */
  toName: readonly string[];
  /** Labels or choices; of nested choices, the top level. */
  options: readonly Option[];
  /** How many can be chosen at once. */
  choice: 'single' | 'multiple';
  /** Whether a choice is a path from the top level: Taxonomy, and Choices with `allowNested`. */
  isNested: boolean;
  /** True if options come from the task’s data or from `apiUrl`, so that the config doesn’t list them all. */
  optionsFromTask: boolean;
  perRegion: boolean;
  perItem: boolean;
  required: boolean;
  /** Visibility conditions of the tag and its ancestors. All must hold. */
  conditions: readonly Condition[];
  /** Inside a `<Repeater>`: the placeholder for the index, such as `{{idx}}`. */
  indexFlag: string | undefined;
  /** By lower-case name. */
  attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string>>;

/** One label or choice. */
export interface Option {
  /** The displayed name. */
  value: string;
  /** The value in results: the alias, if there is one. */
  result: string;
  attributes: Attributes;
  children: readonly Option[];
}

/** One object tag: an image, a text, an audio file. */
export interface ObjectTag {
  name: string;
  tag: string;
  attributes: Attributes;
}

/** `visibleWhen` with `whenTagName`, `whenChoiceValue` and `whenLabelValue`. */
export interface Condition {
  when: 'choice-selected' | 'choice-unselected' | 'region-selected' | 'no-region-selected';
  tag: string | undefined;
  choices: readonly string[] | undefined;
  labels: readonly string[] | undefined;
}

/** The value of a numeric attribute; undefined if it is missing or not a number. */
export function numberAttribute({ attributes }: Control, name: string): number | undefined {
  const text = attributes[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Only this exact word counts, as in the editor: `attrsToProps` in `core/Tree.tsx`. */
export function isTrue(attributes: Attributes, name: string): boolean {
  return attributes[name] === 'true';
}

/** A data field that an object tag displays: `image` of `<Image value="$image"/>`. */
export interface DisplayedField {
  key: string;
  tag: string;
  isImage: boolean;
}

/** Distinct fields in document order. */
export function displayedFields({ objects }: LabelConfig): DisplayedField[] {
  const fields = new Map<string, DisplayedField>();
  for (const { tag, attributes } of objects.values()) {
    const key = /^\$(.+)$/.exec(attributes['value'] ?? attributes['valuelist'] ?? '')?.[1];
    if (key !== undefined && !fields.has(key))
      fields.set(key, { key, tag, isImage: tag.toLowerCase() === 'image' });
  }
  return [...fields.values()];
}
