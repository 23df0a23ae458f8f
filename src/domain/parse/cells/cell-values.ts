import { keepCodeOf } from '#wire/keep-code.ts';
import { isLabel } from '#config/labels.ts';
import type { Control } from '#config/label-config.ts';
import {
  ExactNumber,
  isJsonObject,
  readJson,
  writeJson,
  type Json,
  type JsonObject,
} from '#wire/json/json.ts';
import type { PickSeparator } from '#domain/parse/import-settings.ts';
import {
  answerKey,
  drawsRegions,
  labelsKey,
  regionOfValue,
  regionValuesIn,
  soleAnswer,
} from './region-cells.ts';
import { withMatches, type CellReading } from './value-mapping.ts';

/*
 * Cell syntax: choices are joined by `|` or the separator in the settings, levels of a path by ` > ` (spaces optional).
 * If a label contains these characters, the cell is a JSON list: `["a|b"]`. Text is used unchanged.
 */

/**
 * The regions for a cell, not yet validated; none if the cell is empty. Only a cell with the values of regions has more than one.
 */
export function regionsOfCell(control: Control, cell: Json, reading: CellReading = {}): JsonObject[] {
  const { matches } = reading;
  const values = soleAnswer(control, cell) === undefined ? regionValuesIn(cell) : undefined;
  const isForThis = drawsRegions(control) || values?.every((value) => answerKey(control) in value);
  if (values === undefined || isForThis !== true) {
    const region = regionOfCell(control, cell, reading);
    return region === undefined ? [] : [region];
  }
  const labels = labelsKey(control) ?? answerKey(control);
  return values.map((given) => {
    const region = regionOfValue(control, given);
    const value = region['value'] as JsonObject;
    const picks = value[labels];
    if (matches === undefined || !Array.isArray(picks)) return region;
    return { ...region, value: { ...value, [labels]: withMatches(control, picks, matches) } };
  });
}

/** The region for a cell with one answer, not yet validated; undefined if the cell is empty. */
export function regionOfCell(
  control: Control,
  cell: Json,
  { matches, separator }: CellReading = {},
): JsonObject | undefined {
  if (cell === null || cell === '' || (typeof cell === 'string' && cell.trim() === '')) return undefined;
  const given = soleAnswer(control, cell) ?? cell;
  const raw =
    typeof cell === 'string' && given === cell
      ? answerIn(control, cell, separator)
      : answerGiven(control, given);
  const answer = matches && Array.isArray(raw) ? withMatches(control, raw, matches) : raw;
  return {
    from_name: control.name,
    to_name: control.toName[0] ?? '',
    type: control.type,
    value: { [answerKey(control)]: answer },
  };
}

// Values as above. V8 has another class for objects whose keys are known in advance.
keepCodeOf(...['choices', 'taxonomy'].map((key) => ({ [key]: [] })));

/** The picks in a cell. */
export function picksOfCell(control: Control, cell: Json, reading: CellReading = {}): Json[] {
  const labels = labelsKey(control) ?? answerKey(control);
  return regionsOfCell(control, cell, reading).flatMap(({ value }) => {
    const picks = (value as JsonObject)[labels];
    return Array.isArray(picks) ? picks : [];
  });
}

/** The cell text for a region: the inverse of `regionOfCell`. */
export function cellOfRegion(region: JsonObject, separator: PickSeparator = '|'): string {
  const { value, type } = region;
  if (!isJsonObject(value)) return writeJson(value ?? null);
  const words = typeof type === 'string' ? type : '';
  const answer = value[answerKey({ tag: words, type: words })] ?? null;
  if (!Array.isArray(answer)) return textOf(answer);
  if (type === 'textarea') return answer.map(textOf).join('\n');
  const picks = answer.map((pick) => (Array.isArray(pick) ? pick : [pick]).map(textOf));
  const isPlain = picks.flat().every((step) => !isAmbiguous(step, separator));
  const joint = separator === '|' ? separator : `${separator} `;
  return isPlain ? picks.map((steps) => steps.join(' > ')).join(joint) : writeJson(answer);
}

function answerIn(control: Control, cell: string, separator?: PickSeparator): Json {
  switch (control.tag) {
    case 'Choices':
    case 'Taxonomy':
      return listIn(cell) ?? picksIn(control, cell, separator);
    case 'TextArea':
      return listIn(cell) ?? [cell];
    case 'Rating':
    case 'Number':
      return numberIn(cell) ?? cell;
    default:
      return cell.trim();
  }
}

/** The answer for a JSON value of a record, which may be a list or a number. */
function answerGiven(control: Control, given: Json): Json {
  const isMany = ['Choices', 'Taxonomy', 'TextArea'].includes(control.tag);
  return isMany && !Array.isArray(given) ? [given] : given;
}

function picksIn(control: Control, cell: string, separator: PickSeparator = '|'): Json[] {
  const { isNested } = control;
  // A label with a comma is one pick, where commas divide picks.
  const isOne =
    !cell.includes(separator) || (separator !== '|' && !isNested && isLabel(control, cell.trim()));
  const picks = isOne ? [cell] : cell.split(separator).map((pick) => pick.trim());
  return isNested ? picks.map((pick) => pick.split('>').map((step) => step.trim())) : picks;
}

/** The items if the cell is a JSON list. */
function listIn(cell: string): Json[] | undefined {
  if (!cell.trimStart().startsWith('[')) return undefined;
  const { value, problems } = readJson(cell);
  return Array.isArray(value) && problems.length === 0 ? value : undefined;
}

/** Few enough digits to be exact. */
const plainDecimal = /^(?:0|[1-9]\d{0,6})(?:\.\d{1,8})?$/;

export function numberIn(cell: string): number | ExactNumber | undefined {
  if (plainDecimal.test(cell)) return Number(cell);
  const { value, problems } = readJson(cell);
  const isNumber = typeof value === 'number' || value instanceof ExactNumber;
  return isNumber && problems.length === 0 ? value : undefined;
}

function textOf(json: Json): string {
  return typeof json === 'string' ? json : writeJson(json);
}

/** True if reading the cell back would split or trim this text, or parse it as JSON. */
function isAmbiguous(step: string, separator: PickSeparator): boolean {
  return step.includes(separator) || step.includes('>') || step.startsWith('[') || step.trim() !== step;
}

/** The value of a field: numbers, booleans and null are parsed; other text is unchanged. */
export function fieldIn(cell: Json): Json {
  if (typeof cell !== 'string') return cell;
  const words: Record<string, Json> = { true: true, false: false, null: null };
  const word = cell.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word]! : (numberIn(cell.trim()) ?? cell);
}

/** The answer of a cell for a control, or its regions; null if it is empty. */
export function answerOfCell(control: Control, cell: Json, reading: CellReading = {}): Json {
  const regions = regionsOfCell(control, cell, reading);
  if (drawsRegions(control) || regions.length > 1) return regions;
  const value = regions[0]?.['value'];
  return (isJsonObject(value) ? Object.values(value)[0] : undefined) ?? null;
}

/** The number in a cell for a Number control, or for a field. */
export const numberOfCell = (control: Control | undefined, cell: Json): Json =>
  control === undefined ? fieldIn(cell) : answerOfCell(control, cell);

/** True for null and for blank text. */
export const isEmpty = (cell: Json): boolean =>
  cell === null || (typeof cell === 'string' && cell.trim() === '');
