/** What a labelling config says, as the editor understands it. */
export interface LabelConfig {
  /** By name, in the order of the config. Where a name is given twice the last one counts, as in the editor. */
  controls: ReadonlyMap<string, Control>;
  objects: ReadonlyMap<string, ObjectTag>;
  /** The labels that relations may carry; undefined where the config has no `<Relations>`. */
  relations: readonly string[] | undefined;
  /** The keys that annotators press, by the attributes of the tag each is for; `hotkeys` gives them by control. */
  keys: ReadonlyMap<Attributes, string>;
  /** What is odd about the config and yet does not keep it from being read. */
  problems: readonly ConfigProblem[];
}

/** One control tag: what an annotator fills in or draws with. */
export interface Control {
  name: string;
  /** The tag as it is documented (`RectangleLabels`), whatever the case it was written in; an unknown one as written. */
  tag: string;
  /** The `type` that its regions carry. */
  type: string;
  /** False for a tag that Sheaf knows nothing about: its regions cannot be checked. */
  isKnown: boolean;
  /** The objects it may be pointed at. Chat, ReactCode and Pairwise point at themselves. */
  toName: readonly string[];
  /** Labels or choices; of a tree, the topmost. */
  options: readonly Option[];
  /** How many may be picked at once. */
  choice: 'single' | 'multiple';
  /** Whether a pick is a path from the root: Taxonomy, and Choices with `allowNested`. */
  isNested: boolean;
  /** Whether options come from the task's data or from elsewhere, so that the config does not know them all. */
  optionsFromTask: boolean;
  perRegion: boolean;
  perItem: boolean;
  required: boolean;
  /** When it is shown: its own condition and those of all tags around it. All must hold. */
  conditions: readonly Condition[];
  /** Inside a `<Repeater>`: what stands for the number in its names. */
  indexFlag: string | undefined;
  /** All attributes, their names in lower case. */
  attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string>>;

/** One label or choice. */
export interface Option {
  /** What annotators see. */
  value: string;
  /** What stands in results: the alias where there is one. */
  result: string;
  attributes: Attributes;
  children: readonly Option[];
}

/** What annotators look at: an image, a text, a sound. */
export interface ObjectTag {
  name: string;
  tag: string;
  attributes: Attributes;
}

/** `visibleWhen` and what narrows it down. */
export interface Condition {
  when: 'choice-selected' | 'choice-unselected' | 'region-selected' | 'no-region-selected';
  tag: string | undefined;
  choices: readonly string[] | undefined;
  labels: readonly string[] | undefined;
}

/** Something wrong with a config itself, with its place in the XML; both from 1. */
export interface ConfigProblem {
  code: string;
  message: string;
  line: number;
  column: number;
}

/** A number that an attribute gives; undefined where there is none or it is no number. */
export function numberAttribute({ attributes }: Control, name: string): number | undefined {
  const text = attributes[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The editor takes only the very word for yes: `attrsToProps` of `web/libs/editor/src/core/Tree.tsx`. */
export function isTrue(attributes: Attributes, name: string): boolean {
  return attributes[name] === 'true';
}
