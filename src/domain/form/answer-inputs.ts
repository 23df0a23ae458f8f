import { dateFormat, formatOf } from '#config/date-format.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import { hotkeysOf } from '#config/read/hotkeys.ts';
import {
  isTrue,
  numberAttribute,
  type Control,
  type LabelConfig,
  type Option,
} from '#config/label-config.ts';
import { findTag } from '#config/control-tags.ts';
import { writeJson } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/text/words.ts';

/** The kind of input. `date`, `time` and `datetime` use the browser’s native inputs, `date-text` a text field. */
export type AnswerKind =
  'choices' | 'paths' | 'rating' | 'number' | 'date' | 'time' | 'datetime' | 'date-text' | 'texts';

/** One control of a project as the form shows it. */
export interface AnswerInput {
  /** The control’s name, the `from_name` of its regions. */
  name: string;
  /** A region of it as JSON text, without its answer. */
  blank: string;
  kind: AnswerKind;
  /** The key of `value` with the answer. */
  key: string;
  required: boolean;
  /** True if several choices or texts are allowed. */
  several: boolean;
  options: AnswerOption[];
  /** For paths: true if only leaves can be picked. */
  leafsOnly: boolean;
  /** For dates: the strftime format; otherwise empty. */
  format: string;
  /** The accepted values in a few words: `0 to 100,000 in steps of 0.01`, `YYYY-MM-DD`. */
  hint: string;
  /** Bounds of a number, rating or date for its input; empty without a bound. */
  min: string;
  max: string;
  step: string;
  placeholder: string;
  /** Maximum number of texts; 0 means no limit. */
  maxTexts: number;
}

export interface AnswerOption {
  /** What annotators see. */
  label: string;
  /** The value in results. */
  value: string;
  /** The hotkey in the editor; empty if it has none. */
  hotkey: string;
  /** The hint in the config. */
  hint: string;
  children: AnswerOption[];
}

/** The form inputs for a project’s config. */
export interface AnswerForm {
  inputs: AnswerInput[];
  /** Controls without an input and the reasons: their regions are shown as JSON. */
  beyond: { control: string; why: string }[];
}

/** The inputs for those controls that bulk labelling is documented for. */
export function answerForm(config: LabelConfig): AnswerForm {
  const inputs: AnswerInput[] = [];
  const beyond: AnswerForm['beyond'] = [];
  for (const control of config.controls.values()) {
    const why =
      bulkUnsupportedReason(control) ??
      (control.indexFlag === undefined ? undefined : 'is asked as often as the task has items') ??
      (control.toName.length === 0 ? 'does not say what it is about' : undefined) ??
      (inputs.length === limits.formInputs
        ? `comes after the first ${limits.formInputs} controls`
        : undefined);
    if (why === undefined) inputs.push(inputOf(control, config));
    else beyond.push({ control: control.name, why });
  }
  return { inputs, beyond };
}

function inputOf(control: Control, config: LabelConfig): AnswerInput {
  const { name, toName, type, tag, required, choice, isNested, attributes } = control;
  const base: AnswerInput = {
    name,
    blank: writeJson({ from_name: name, to_name: toName[0]!, type, value: {} }),
    kind: 'texts',
    key: findTag(tag)!.keys[0]!,
    required,
    several: choice === 'multiple',
    options: optionsOf(control.options, config),
    leafsOnly: isTrue(attributes, 'leafsonly'),
    format: '',
    hint: '',
    min: '',
    max: '',
    step: '',
    placeholder: excerpt(attributes['placeholder'] ?? '', limits.shownUnits),
    maxTexts: 0,
  };
  switch (tag) {
    case 'Taxonomy':
      return { ...base, kind: 'paths', several: numberAttribute(control, 'maxusages') !== 1 };
    case 'Choices':
      return { ...base, kind: isNested ? 'paths' : 'choices' };
    case 'Rating': {
      const max = numberAttribute(control, 'maxrating') ?? 5;
      if (max > limits.stars)
        return { ...base, kind: 'number', hint: `1 to ${max}`, min: '1', max: String(max) };
      return { ...base, kind: 'rating', min: '1', max: String(max) };
    }
    case 'Number':
      return { ...base, kind: 'number', ...numberBounds(control) };
    case 'DateTime':
      return { ...base, ...dateInput(control) };
    default: {
      const maxTexts = numberAttribute(control, 'maxsubmissions') ?? 0;
      return { ...base, several: maxTexts !== 1, maxTexts };
    }
  }
}

/** An option that occurs twice can be picked once. */
function optionsOf(options: readonly Option[], config: LabelConfig): AnswerOption[] {
  const byResult = new Map(options.map((option) => [option.result, option]));
  const once = [...byResult.values()];
  const keys = hotkeysOf(config, once);
  return once.map(({ value, result, attributes, children }, index) => ({
    label: value,
    value: result,
    hint: excerpt(attributes['hint'] ?? '', limits.messageUnits),
    hotkey: keys[index] ?? '',
    children: optionsOf(children, config),
  }));
}

function numberBounds(control: Control): Pick<AnswerInput, 'min' | 'max' | 'step' | 'hint'> {
  const [min, max, step] = ['min', 'max', 'step'].map((name) => numberAttribute(control, name));
  const words = [
    min !== undefined && max !== undefined ? `${min} to ${max}` : undefined,
    min !== undefined && max === undefined ? `${min} at least` : undefined,
    min === undefined && max !== undefined ? `${max} at most` : undefined,
    step === undefined ? undefined : `in steps of ${step}`,
  ];
  const text = (bound: number | undefined) => (bound === undefined ? '' : String(bound));
  return { min: text(min), max: text(max), step: text(step), hint: words.filter(Boolean).join(', ') };
}

function dateInput(control: Control): Pick<AnswerInput, 'kind' | 'format' | 'hint' | 'min' | 'max'> {
  const { only, min = '', max = '' } = control.attributes;
  const format = formatOf(control);
  const understood = dateFormat(format);
  const kind = understood?.write({ year: 2001, month: 2, day: 3, hour: 4, minute: 5, second: 6 })
    ? kindOfDate(format)
    : 'date-text';
  const bounds = only === 'time' ? [] : [min && `from ${min}`, max && `to ${max}`].filter(Boolean);
  const example = kind === 'date-text' ? [understood?.example ?? format] : [];
  const asBound = (bound: string) => (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(bound) ? bound : '');
  return {
    kind,
    format,
    hint: [...example, bounds.join(' ')].filter(Boolean).join(', '),
    min: asBound(min),
    max: asBound(max),
  };
}

/** Native inputs need a complete date or time; other formats use a text field. */
function kindOfDate(format: string): AnswerKind {
  const flags = [...format.matchAll(/%[-_0]?([A-Za-z])/g)].map(([, flag]) => flag!);
  const parts = [...new Set(flags)].toSorted().join('');
  if (/^Y[de]m$/.test(parts)) return 'date';
  if (/^HMS?$/.test(parts)) return 'time';
  return /^HMS?Y[de]m$/.test(parts) ? 'datetime' : 'date-text';
}
