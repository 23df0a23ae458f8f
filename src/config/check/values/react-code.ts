import { isJsonObject, type Json, type JsonObject, readJson } from '#wire/json/json.ts';
import type { Path, Report } from '#wire/problem.ts';
import { describeValue, describeValueAtStart } from '#wire/text/words.ts';
import type { Control } from '#config/label-config.ts';
import { listValues } from '#config/check/values/labels/allowed-values.ts';
import { numberOf } from './fields.ts';

/** The output of the project's own interface: https://labelstud.io/tags/reactcode. */
export function reactcode(value: JsonObject, control: Control, report: Report): void {
  const given = value['reactcode'];
  if (given === undefined) {
    report('error', 'value-key-missing', '“reactcode” is missing. Add the output of the interface.', []);
  } else if (!isJsonObject(given)) {
    report(
      'warning',
      'value-not-an-object',
      `“reactcode” is usually an object, not ${describeValue(given)}.`,
      ['reactcode'],
    );
  } else {
    const outputs = control.attributes['outputs']?.trim();
    if (!outputs) return;
    const schema = readOutputs(outputs);
    if (schema !== undefined && isSupported(schema)) {
      checkOutput(given, schema, ['reactcode'], report);
      return;
    }
    const message = `“${control.name}” has an output schema that Sheaf can’t read, so its output isn’t checked.`;
    report('info', 'outputs-not-checked', message, ['reactcode']);
  }
}

/** The JSON schema in `outputs` of a ReactCode. */
type Schema = JsonObject;

/** A list of fields, some with a type, or a JSON schema: https://labelstud.io/tags/reactcode, "Supported formats". */
function readOutputs(text: string): Schema | undefined {
  if (!text.startsWith('{')) return fieldList(text);
  const schema = readJson(text).value;
  if (!isJsonObject(schema)) return undefined;
  const isWhole = typeof schema['type'] === 'string' || isJsonObject(schema['properties']);
  return isWhole ? schema : { type: 'object', properties: schema };
}

function fieldList(text: string): Schema | undefined {
  const properties: JsonObject = {};
  const field = /([\w-]+)(?::(\w+)(?:\(([^)]*)\))?)?/g;
  for (const [, name = '', type, inside = ''] of text.matchAll(field)) {
    const schema = fieldSchema(
      type,
      inside.split(/[,;|]/).map((one) => one.trim()),
    );
    if (schema === undefined) return undefined;
    properties[name] = schema;
  }
  // Only separators may remain between the fields.
  if (/[^\s,;|]/.test(text.replaceAll(field, ''))) return undefined;
  return { type: 'object', properties };
}

function fieldSchema(type: string | undefined, inside: string[]): Schema | undefined {
  const [first = '', second = ''] = inside;
  const limit = (name: string, text: string) => (text === '' ? {} : { [name]: Number(text) });
  switch (type) {
    case undefined:
      return { type: 'string' };
    case 'choices':
      return { type: 'string', enum: inside };
    case 'multichoices':
      return { type: 'array', items: { type: 'string', enum: inside } };
    case 'number':
      return { type: 'number', ...limit('minimum', first), ...limit('maximum', second) };
    case 'rating':
      return { type: 'integer', minimum: 1, maximum: first === '' ? 5 : Number(first) };
    default:
      return undefined;
  }
}

/** Keywords that are checked, and keywords without effect on validity. */
const checkedKeywords = new Set(['type', 'enum', 'required', 'properties', 'items', 'minimum', 'maximum']);
const ignoredKeywords = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$schema',
  '$id',
  '$comment',
]);

/** Whether every keyword of a schema is supported. */
function isSupported(schema: Json): boolean {
  if (!isJsonObject(schema)) return false;
  const { properties = {}, items, type } = schema;
  return (
    Object.keys(schema).every((key) => checkedKeywords.has(key) || ignoredKeywords.has(key)) &&
    (type === undefined || typeof type === 'string') &&
    isJsonObject(properties) &&
    Object.values(properties).every(isSupported) &&
    (items === undefined || isSupported(items))
  );
}

/** Validates a value against a plain schema. */
function checkOutput(value: Json, schema: Schema, path: Path, report: Report): void {
  const { type, enum: accepted, required, properties, items } = schema;
  const what = path.length === 1 ? 'The output' : describeValue(String(path.at(-1)!));
  if (typeof type === 'string' && !isOfType(value, type)) {
    const message = `${what} must be ${typeWords[type] ?? type} according to “outputs” in the config, not ${describeValue(value)}.`;
    report('warning', 'output-of-another-type', message, path);
    return;
  }
  if (Array.isArray(accepted) && !accepted.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
    const names = listValues(accepted.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))));
    report(
      'warning',
      'output-unknown',
      `${describeValueAtStart(value)} isn’t listed in “outputs” in the config. Accepted: ${names}.`,
      path,
    );
  }
  checkRange(value, schema, path, report);
  if (isJsonObject(value)) {
    for (const name of Array.isArray(required) ? required : []) {
      if (typeof name !== 'string' || value[name] !== undefined) continue;
      report(
        'warning',
        'output-missing',
        `${describeValueAtStart(name)} is missing. “outputs” in the config requires it.`,
        path,
      );
    }
    for (const [name, inside] of Object.entries(isJsonObject(properties) ? properties : {})) {
      const one = value[name];
      if (one !== undefined) checkOutput(one, inside as Schema, [...path, name], report);
    }
  }
  if (Array.isArray(value) && isJsonObject(items)) {
    value.forEach((one, index) => checkOutput(one, items, [...path, index], report));
  }
}

function checkRange(value: Json, { minimum, maximum }: Schema, path: Path, report: Report): void {
  const number = numberOf(value);
  if (number === undefined) return;
  const [least, most] = [numberOf(minimum), numberOf(maximum)];
  if (least !== undefined && number < least) {
    report(
      'warning',
      'output-too-small',
      `${describeValue(value)} is too small. The minimum in “outputs” is ${least}.`,
      path,
    );
  }
  if (most !== undefined && number > most) {
    report(
      'warning',
      'output-too-large',
      `${describeValue(value)} is too large. The maximum in “outputs” is ${most}.`,
      path,
    );
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function isOfType(value: Json, type: string): boolean {
  const number = numberOf(value);
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return number !== undefined;
    case 'integer':
      return number !== undefined && Number.isInteger(number);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'null':
      return value === null;
    default:
      return true;
  }
}
