import type { Control } from '#config/label-config.ts';
import { findTag } from '#config/control-tags.ts';
import { ExactNumber, isJsonObject, readJson, writeJson, type Json, type JsonObject } from '#wire/json.ts';
import type { ValueMapping } from '#domain/parse/import-settings.ts';
import { withMatches } from './value-mapping.ts';

/*
 * One answer in one cell. Several picks are joined by `|`, the levels of a path by ` > `, with or without spaces around
 * them; where a label itself holds those, the cell is JSON: `["a|b"]`. A text is taken as it stands.
 */

/**
 * The region that a cell says; undefined where the cell is empty. What fits the control is for the check to say. `matches`
 * has the labels that somebody wants read in the place of what stands there.
 */
export function regionOfCell(control: Control, cell: Json, matches?: ValueMapping): JsonObject | undefined {
  if (cell === null || cell === '' || (typeof cell === 'string' && cell.trim() === '')) return undefined;
  const said = typeof cell === 'string' ? answerIn(control, cell) : answerGiven(control, cell);
  const answer = matches && Array.isArray(said) ? withMatches(control, said, matches) : said;
  return {
    from_name: control.name,
    to_name: control.toName[0] ?? '',
    type: control.type,
    value: { [keyOfType(control.type)]: answer },
  };
}

/** What is picked in a cell of labels, as it stands there. */
export function picksOfCell(control: Control, cell: Json): Json[] {
  const value = regionOfCell(control, cell)?.['value'];
  const [picks] = isJsonObject(value) ? Object.values(value) : [];
  return Array.isArray(picks) ? picks : [];
}

/** The cell that says what a region says: the way back. */
export function cellOfRegion(region: JsonObject): string {
  const { value, type } = region;
  if (!isJsonObject(value)) return writeJson(value ?? null);
  const answer = value[keyOfType(typeof type === 'string' ? type : '')] ?? null;
  if (!Array.isArray(answer)) return textOf(answer);
  if (type === 'textarea') return answer.map(textOf).join('\n');
  const picks = answer.map((pick) => (Array.isArray(pick) ? pick : [pick]).map(textOf));
  const isPlain = picks.flat().every((step) => !isAmbiguous(step));
  return isPlain ? picks.map((steps) => steps.join(' > ')).join('|') : writeJson(answer);
}

function keyOfType(type: string): string {
  return findTag(type)?.keys[0] ?? (type === 'textarea' ? 'text' : type);
}

function answerIn(control: Control, cell: string): Json {
  switch (control.tag) {
    case 'Choices':
    case 'Taxonomy':
      return listIn(cell) ?? picksIn(control, cell);
    case 'TextArea':
      return listIn(cell) ?? [cell];
    case 'Rating':
    case 'Number':
      return numberIn(cell) ?? cell;
    default:
      return cell.trim();
  }
}

/** What stands in a record may be a list or a number already. */
function answerGiven(control: Control, given: Json): Json {
  const isMany = ['Choices', 'Taxonomy', 'TextArea'].includes(control.tag);
  return isMany && !Array.isArray(given) ? [given] : given;
}

function picksIn({ isNested }: Control, cell: string): Json[] {
  const picks = cell.includes('|') ? cell.split('|').map((pick) => pick.trim()) : [cell];
  return isNested ? picks.map((pick) => pick.split('>').map((step) => step.trim())) : picks;
}

/** A cell that is a JSON list. */
function listIn(cell: string): Json[] | undefined {
  if (!cell.trimStart().startsWith('[')) return undefined;
  const { value, problems } = readJson(cell);
  return Array.isArray(value) && problems.length === 0 ? value : undefined;
}

export function numberIn(cell: string): number | ExactNumber | undefined {
  const { value, problems } = readJson(cell);
  const isNumber = typeof value === 'number' || value instanceof ExactNumber;
  return isNumber && problems.length === 0 ? value : undefined;
}

function textOf(json: Json): string {
  return typeof json === 'string' ? json : writeJson(json);
}

/** Whether a pick, or one level of it, would be split, trimmed or taken for JSON. */
function isAmbiguous(step: string): boolean {
  return step.includes('|') || step.includes('>') || step.startsWith('[') || step.trim() !== step;
}

/** The value of a field: numbers and true or false as such, any other text as it stands. */
export function fieldIn(cell: Json): Json {
  if (typeof cell !== 'string') return cell;
  const words: Record<string, Json> = { true: true, false: false, null: null };
  const word = cell.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word]! : (numberIn(cell.trim()) ?? cell);
}

/** Whether it says nothing. */
export const isEmpty = (cell: Json): boolean =>
  cell === null || (typeof cell === 'string' && cell.trim() === '');
