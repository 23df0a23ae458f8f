import type { JsonObject } from '#sandbox/http/json.ts';
import { repr } from '#sandbox/http/python.ts';
import { InvalidXml, readXml, walk, type Element } from './xml.ts';

/** The parts of a labelling config that the server uses. */

export interface Control {
  tag: string;
  toName: string[];
  labels: string[];
  attributes: Record<string, string>;
}

export interface LabelConfig {
  controls: Map<string, Control>;
  objects: Set<string>;
  /** The keys that task data must have: `$key` of the object tags. */
  dataKeys: string[];
  /** Key → the object tag that shows it. */
  dataTags: Map<string, string>;
  /** `parsed_label_config` of a project. */
  parsed: JsonObject;
  suitableForBulk: boolean;
}

const cache = new Map<string, LabelConfig>();

/** Reads a validated config; results are cached by text. */
export function readLabelConfig(text: string): LabelConfig {
  const known = cache.get(text);
  if (known) return known;
  const config = parseLabelConfig(readXml(text));
  cache.set(text, config);
  return config;
}

/** The error of `validate_label_config` in `core/label_config.py`, or null. The real one also checks tags. */
export function labelConfigError(text: string): string | null {
  let root: Element;
  try {
    root = readXml(text);
  } catch (error) {
    if (error instanceof InvalidXml) return error.message;
    throw error;
  }
  const names = [...walk(root)].flatMap(([element]) => element.attributes['name'] ?? []);
  if (new Set(names).size !== names.length) return 'Label config contains non-unique names';
  for (const [element] of walk(root)) {
    for (const target of element.attributes['toName']?.split(',') ?? []) {
      if (names.includes(target)) continue;
      return `toName="${target}" not found in names: ${repr(names.toSorted())}`;
    }
  }
  return null;
}

/** `parse_config` of label_studio_sdk `label_studio_tools/core/label_config.py`. */
function parseLabelConfig(root: Element): LabelConfig {
  const controls = new Map<string, Control>();
  const labelAttributes: Record<string, JsonObject> = {};
  const inputs: Record<string, JsonObject> = {};
  const outputs: JsonObject = {};
  const dataTags = new Map<string, string>();

  for (const [element, ancestors] of walk(root)) {
    const { tag, attributes } = element;
    const { name, toName, value, valueList, alias } = attributes;
    if (name && toName && tag !== 'Filter') {
      controls.set(name, { tag, toName: toName.split(','), labels: [], attributes });
      labelAttributes[name] = {};
    } else if (name && (value || valueList)) {
      inputs[name] = { type: tag, valueType: attributes['valueType'] ?? null, ...inputValue(attributes) };
      const variable = /^\$([\w.]+)$/.exec(value ?? valueList ?? '');
      if (variable) dataTags.set(variable[1]!, tag);
    }
    if (!['Label', 'Choice', 'Relation'].includes(tag)) continue;
    const parent = ancestors.findLast((one) => controls.has(one.attributes['name'] ?? ''))?.attributes[
      'name'
    ];
    const label = alias || value || valueList;
    if (parent === undefined || !label) continue;
    labelAttributes[parent]![label] = attributes;
  }

  for (const [name, control] of controls) {
    control.labels = Object.keys(labelAttributes[name]!);
    outputs[name] = {
      type: control.tag,
      to_name: control.toName,
      ...conditions(control.attributes),
      inputs: control.toName.flatMap((target) => inputs[target] ?? []),
      labels: control.labels,
      labels_attrs: labelAttributes[name]!,
    };
  }
  const objects = new Set(Object.keys(inputs));
  const dataKeys = [...dataTags.keys()];
  return {
    controls,
    objects,
    dataKeys,
    dataTags,
    parsed: outputs,
    suitableForBulk: isSuitableForBulk(controls),
  };
}

const inputValue = ({ value, valueList }: Record<string, string>): JsonObject =>
  value === undefined ? { valueList: valueList!.replace(/^\$+/, '') } : { value: value.replace(/^\$+/, '') };

function conditions(attributes: Record<string, string>): JsonObject {
  const extra: JsonObject = {};
  const when =
    attributes['perRegion'] === 'true' &&
    Object.entries({ tag: 'whenTagName', label: 'whenLabelValue', choice: 'whenChoiceValue' }).find(
      ([, attribute]) => attributes[attribute],
    );
  if (when) extra['conditionals'] = { type: when[0], name: attributes[when[1]]! };
  if (/^\$[A-Za-z_]+$/.test(attributes['value'] ?? '') || attributes['apiUrl'])
    extra['dynamic_labels'] = true;
  return extra;
}

const REGION_TAGS =
  /^(?:Labels|Brush|BrushLabels|Ellipse|EllipseLabels|KeyPoint|KeyPointLabels|Polygon|PolygonLabels|Rectangle|RectangleLabels|HyperTextLabels|ParagraphLabels|TimeSeriesLabels|VideoRectangle)$/;

/** `get_config_suitable_for_bulk_annotation` of `projects/serializers.py`. */
function isSuitableForBulk(controls: Map<string, Control>): boolean {
  return [...controls.values()].every(({ tag, attributes }) => {
    if (REGION_TAGS.test(tag)) return false;
    if (/^(?:Choices|Taxonomy|DateTime|Number|Rating|TextArea)$/.test(tag)) {
      if (isSet(attributes['perRegion']) || isSet(attributes['perItem'])) return false;
    }
    if (/^(?:Choices|Taxonomy)$/.test(tag) && 'value' in attributes) return false;
    return !(tag === 'Taxonomy' && (isSet(attributes['labeling']) || 'apiUrl' in attributes));
  });
}

const isSet = (value: string | undefined) => value?.toLowerCase() === 'true';
