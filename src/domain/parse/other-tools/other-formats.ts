import { isCoco } from './coco.ts';
import { isTaskName } from '#domain/parse/mapping/task-column.ts';
import { isJsonObject, type Json, type JsonObject } from '#wire/json/json.ts';

/* Recognised but unsupported formats, each with its name and the fix. */

const convertToCoco = 'Sheaf can’t read it yet; convert it to COCO.';

/** The message for JSON in an unsupported format; undefined for other JSON. `value` may be an outline. */
export function jsonFormatMessage(value: Json): string | undefined {
  if (Array.isArray(value)) return listMessage(value);
  if (!isJsonObject(value)) return undefined;
  if (Array.isArray(value['shapes']) && ('imagePath' in value || 'imageData' in value))
    return `This is a LabelMe file. ${convertToCoco}`;
  if ('_via_img_metadata' in value || '_via_settings' in value)
    return 'This is a file of VGG Image Annotator. Export it from there as COCO.';
  if (value['type'] === 'FeatureCollection') return `This is a GeoJSON file. ${convertToCoco}`;
  if ('data_row' in value && 'projects' in value)
    return 'This is a Labelbox export. Convert it to COCO, or to a table with a column of task IDs.';
  return undefined;
}

/** The message about an object that is a whole table in columns; undefined for any other. `value` may be an outline. */
export function columnsMessage(value: JsonObject): string | undefined {
  return isByColumn(value)
    ? 'This JSON lists columns, not rows. Save one object for each row, in pandas with orient="records".'
    : undefined;
}

/** True for a table as written by pandas and R, or in pandas’ split format; `value` may be an outline. */
function isByColumn(value: JsonObject): boolean {
  if ('tasks' in value || 'result' in value) return false;
  if (Array.isArray(value['columns']) && Array.isArray(value['data'])) return true;
  if (!Object.keys(value).some(isTaskName)) return false;
  const columns = Object.values(value);
  const isIndexed = (column: Json) =>
    isJsonObject(column) && Object.keys(column).every((key) => /^\d+$/.test(key));
  const isList = (column: Json) => Array.isArray(column) && !column.some((cell) => isJsonObject(cell));
  return columns.length > 1 && (columns.every(isIndexed) || columns.every(isList));
}

function listMessage(items: readonly Json[]): string | undefined {
  if (items.length === 0) return undefined;
  if (items.every(isOfSpacy))
    return 'This is training data of spaCy. Sheaf can’t read it yet; save it as JSON Lines with “text” and “label”: [[start, end, label]].';
  if (items.every((item) => isJsonObject(item) && isCoco(item)))
    return 'These are several COCO files. Open one of them at a time.';
  if (items.every((item) => isJsonObject(item) && isCocoResult(item)))
    return 'These are COCO results without their images. Add them as “annotations” to the COCO file that they belong to.';
  return undefined;
}

const isOfSpacy = (item: Json): boolean =>
  Array.isArray(item) &&
  typeof item[0] === 'string' &&
  isJsonObject(item[1] ?? null) &&
  Array.isArray((item[1] as JsonObject)['entities']);

const isCocoResult = (item: JsonObject): boolean =>
  'image_id' in item && 'category_id' in item && ('bbox' in item || 'segmentation' in item);

/** UTF-16 units at the start of a text used to recognise a format. */
export const headUnits = 4000;

/** The message for text in an unsupported format; undefined for other text. `head` is its start. */
export function textFormatMessage(head: string): string | undefined {
  const start = head.trimStart();
  if (start.startsWith('<')) return xmlMessage(start);
  if (start.startsWith('```'))
    return 'This text is in a Markdown code block. Remove the lines with ``` to import what is between them.';
  const lines = start.split(/\r\n|\n|\r/);
  if (/^\|.*\|\s*$/.test(lines[0]!) && /^\|[\s:|-]+\|\s*$/.test(lines[1] ?? ''))
    return 'This is a Markdown table. Copy the table from the page that shows it, or save it as CSV.';
  if (
    /^(?:---\s*$|- [\w"']+ *: )/.test(lines[0]!) &&
    lines.slice(1).some((line) => /^ *(?:- )?[\w"']+ *:/.test(line))
  )
    return 'This is YAML, which Sheaf can’t read. Save it as JSON or CSV.';
  if (isConll(lines))
    return 'This is a CoNLL file. Sheaf can’t read it yet; convert it to JSON Lines with “text” and “label”: [[start, end, label]].';
  return undefined;
}

function xmlMessage(start: string): string | undefined {
  const root = /<([A-Za-z][\w:.-]*)/.exec(start.replaceAll(/<!--[^]*?-->/g, ''))?.[1];
  if (root === undefined) return undefined;
  switch (root) {
    case 'annotation':
      return `This is a Pascal VOC file. ${convertToCoco}`;
    case 'annotations':
      return 'This is a CVAT file. Export it from CVAT as COCO.';
    case 'View':
      return 'This is a labelling config, not a batch. Set it in Label Studio, in the project’s settings.';
    case 'html':
    case 'HTML':
    case 'body':
    case 'table':
      return 'This is a web page. Copy the table from it, or save it as CSV.';
    default:
      return 'This is XML, which Sheaf can’t read. Save it as JSON or CSV.';
  }
}

const minTagged = 3;

/** Lines with a word and its tag; a blank line ends a sentence. */
function isConll(lines: readonly string[]): boolean {
  if (lines[0]!.startsWith('-DOCSTART-')) return true;
  // The last line may be cut.
  const words = lines.slice(0, -1).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const isTagged = (line: string) => /^\S+(?:[ \t]+\S+)*[ \t]+(?:O|[BIES]-\S+)$/.test(line.trimEnd());
  return (
    words.length >= minTagged && words.every(isTagged) && words.some((line) => /\s[BS]-\S+\s*$/.test(line))
  );
}
