import { readDateTime } from '#sandbox/data/clock.ts';
import { InfiniteNumber, isObject, type Json, type JsonObject } from './json.ts';
import { str, typeName } from './python.ts';
import { invalid, invalidBody, type FieldErrors } from './refusal.ts';

/** One field of a Django REST framework serializer. `kind` is its field class, `check` its `validate_<field>` method. */
export interface Field {
  kind: 'boolean' | 'string' | 'float' | 'bigint' | 'datetime' | 'choice' | 'pk' | 'json' | 'pks' | 'object';
  required?: boolean;
  nullable?: boolean;
  choices?: readonly string[];
  /** For `pk`: true if the row exists. */
  exists?: (id: number) => boolean;
  /** Checks the converted value. */
  check?: (value: Json) => { value: Json } | { error: Json };
}

export type Fields = Record<string, Field>;

/**
 * Checks a body against a serializer's fields and converts its values. Like DRF it drops unknown keys; the messages are
 * those of `rest_framework/fields.py` and `relations.py`.
 *
 * @throws {Refusal} 400 naming every invalid field
 */
export function checkFields(body: Json, fields: Fields, { form = false } = {}): JsonObject {
  if (body === null) throw invalidBody('No data provided');
  if (!isObject(body)) throw invalidBody(`Invalid data. Expected a dictionary, but got ${typeName(body)}.`);

  const values: JsonObject = {};
  const errors: FieldErrors = {};
  for (const [name, field] of Object.entries(fields)) {
    const outcome = Object.hasOwn(body, name) ? checkField(body[name]!, field) : missingValue(field, form);
    if (outcome === undefined) continue;
    if ('error' in outcome) errors[name] = outcome.error;
    else values[name] = outcome.value;
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return values;
}

type Outcome = { value: Json } | { error: Json };

/** HTML forms omit unchecked checkboxes, so DRF reads a form's missing boolean as false. */
function missingValue(field: Field, form: boolean): Outcome | undefined {
  if (field.required) return invalidValue('This field is required.');
  return form && field.kind === 'boolean' ? { value: field.nullable ? null : false } : undefined;
}

function checkField(value: Json, field: Field): Outcome {
  if (value === null) return field.nullable ? { value: null } : invalidValue('This field may not be null.');
  const outcome = convert(value, field);
  return 'value' in outcome && field.check ? field.check(outcome.value) : outcome;
}

function convert(value: Json, field: Field): Outcome {
  switch (field.kind) {
    case 'boolean':
      return boolean(value, field);
    case 'string':
      return string(value);
    case 'float':
      return float(value);
    case 'bigint':
      return bigint(value);
    case 'datetime': {
      const moment = typeof value === 'string' ? readDateTime(value) : null;
      return moment === null ? invalidValue(DATETIME_MESSAGE) : { value: moment };
    }
    case 'choice':
      return field.choices!.includes(str(value))
        ? { value: str(value) }
        : invalidValue(`"${str(value)}" is not a valid choice.`);
    case 'pk':
      return pk(value, field);
    case 'pks':
      return pks(value);
    case 'object':
      return isObject(value)
        ? { value }
        : invalidValue(`Invalid data. Expected a dictionary, but got ${typeName(value)}.`);
    case 'json':
      return { value };
  }
}

const DATETIME_MESSAGE =
  'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';

const invalidValue = (message: string) => ({ error: [message] });

const TRUE = ['t', 'y', 'yes', 'true', 'on', '1'];
const FALSE = ['f', 'n', 'no', 'false', 'off', '0'];

function boolean(value: Json, { nullable }: Field): Outcome {
  const word = typeof value === 'object' ? '' : String(value).toLowerCase();
  if (TRUE.includes(word)) return { value: true };
  if (FALSE.includes(word)) return { value: false };
  if (nullable && typeof value === 'string' && ['n', 'null', 'none', ''].includes(word))
    return { value: null };
  return invalidValue('Must be a valid boolean.');
}

function string(value: Json): Outcome {
  if (typeof value === 'boolean' || typeof value === 'object') return invalidValue('Not a valid string.');
  const text = String(value).trim();
  return text === '' ? invalidValue('This field may not be blank.') : { value: text };
}

function float(value: Json): Outcome {
  if (value instanceof InfiniteNumber) return { value };
  if (typeof value === 'object') return invalidValue('A valid number is required.');
  const text = typeof value === 'string' ? value.trim() : value;
  const number = Number(text);
  return text === '' || Number.isNaN(number)
    ? invalidValue('A valid number is required.')
    : { value: number };
}

const MAX_BIGINT = 2n ** 63n - 1n;

function bigint(value: Json): Outcome {
  const text = typeof value === 'boolean' || typeof value === 'object' ? '' : String(value).trim();
  if (!/^-?\d+$/.test(text)) return invalidValue('A valid biginteger is required.');
  const exact = BigInt(text);
  if (exact > MAX_BIGINT) return invalidValue(`Ensure this value is less than or equal to ${MAX_BIGINT}.`);
  if (exact < -MAX_BIGINT - 1n)
    return invalidValue(`Ensure this value is greater than or equal to ${-MAX_BIGINT - 1n}.`);
  return { value: Number.isSafeInteger(Number(exact)) ? Number(exact) : exact };
}

/** Seen on 1.23.2: "1" and 1.5 are both read as 1. */
function pk(value: Json, { exists }: Field): Outcome {
  const id = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof id !== 'number' && typeof id !== 'bigint') {
    return invalidValue(`Incorrect type. Expected pk value, received ${typeName(value)}.`);
  }
  const whole = Math.trunc(Number(id));
  return exists!(whole)
    ? { value: whole }
    : invalidValue(`Invalid pk "${str(value)}" - object does not exist.`);
}

/** A `ListField` of `IntegerField`: errors are keyed by item index. */
function pks(value: Json): Outcome {
  if (!Array.isArray(value))
    return invalidValue(`Expected a list of items but got type "${typeName(value)}".`);
  const errors: FieldErrors = {};
  const ids = value.map((item, at) => {
    const text = typeof item === 'object' || typeof item === 'boolean' ? '' : String(item).trim();
    if (!/^-?\d+(?:\.0*)?$/.test(text)) errors[at] = ['A valid integer is required.'];
    return Math.trunc(Number(text));
  });
  return Object.keys(errors).length > 0 ? { error: errors } : { value: ids };
}
