import { dateFormat, formatOf } from '#config/date-format.ts';
import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import {
  isTrue,
  numberAttribute,
  type Control,
  type LabelConfig,
  type Option,
} from '#config/label-config.ts';

/** A config as plain JSON, for `check-batch --config` without a batch. Omits what the config doesn’t set. */
export function describeConfig(config: LabelConfig): object {
  return {
    controls: [...config.controls.values()].map(describeControl),
    objects: [...config.objects.values()].map(({ name, tag, attributes }) => ({
      name,
      tag,
      value: attributes['value'] ?? attributes['valuelist'],
    })),
    relations: config.relations,
    problems: config.problems.map(({ code, message, line, column }) => ({ code, message, line, column })),
  };
}

function describeControl(control: Control): object {
  const { name, tag, type, isKnown, toName, options, choice, isNested, optionsFromTask } = control;
  const { perRegion, perItem, required, conditions, attributes } = control;
  const whyNot = bulkUnsupportedReason(control);
  return {
    name,
    tag,
    type,
    toName,
    known: isKnown,
    ...(options.length > 0 && { labels: options.map(describeOption), choice }),
    ...(isNested && { nested: true, leafsOnly: isTrue(attributes, 'leafsonly') }),
    ...(optionsFromTask && { dynamic: true, value: attributes['value'] ?? attributes['apiurl'] }),
    perRegion,
    perItem,
    required,
    ...(tag === 'Number' && {
      min: numberAttribute(control, 'min'),
      max: numberAttribute(control, 'max'),
      step: numberAttribute(control, 'step'),
    }),
    ...(tag === 'Rating' && { maxRating: numberAttribute(control, 'maxrating') ?? 5 }),
    ...(tag === 'DateTime' && {
      format: dateFormat(formatOf(control))?.text ?? formatOf(control),
      only: attributes['only'],
      min: attributes['min'],
      max: attributes['max'],
    }),
    ...(tag === 'TextArea' && { maxSubmissions: numberAttribute(control, 'maxsubmissions') }),
    ...(conditions.length > 0 && { conditions }),
    bulk: whyNot === undefined,
    ...(whyNot !== undefined && { whyNotBulk: whyNot }),
  };
}

function describeOption({ value, result, children }: Option): object {
  return {
    value,
    ...(result !== value && { alias: result }),
    ...(children.length > 0 && { children: children.map(describeOption) }),
  };
}
