/**
 * What is compared of a value in the file and of a task’s data.
 *
 * - `value`: the whole value
 * - `file-name`: the file name at its end, without path or address
 * - `file-stem`: the same without its ending: `a/photo.JPG` fits `photo.png`
 */
export type Comparison = 'value' | 'file-name' | 'file-stem';

/** How the task of each row is found by a value in the file. */
export interface TaskMatching {
  /** The key of the tasks’ data. */
  field: string;
  compare: Comparison;
  /** Whether case, spaces around and between words, and the Unicode form are ignored. */
  ignoresCase: boolean;
  /** Where the file’s own values are, if it has no columns: a key of an export’s task data. */
  key?: string;
}

export const comparisons: readonly Comparison[] = ['value', 'file-name', 'file-stem'];

/** The part of a value that is compared; empty if it has none. */
export function keyOf(
  value: string,
  { compare, ignoresCase }: Pick<TaskMatching, 'compare' | 'ignoresCase'>,
): string {
  const part =
    compare === 'value' ? value : compare === 'file-name' ? fileName(value) : stem(fileName(value));
  return ignoresCase ? folded(part) : part;
}

/** The parts of a task’s value by which it is found: of an uploaded file, its name with and without Label Studio’s prefix. */
export function taskKeys(value: string, how: Pick<TaskMatching, 'compare' | 'ignoresCase'>): string[] {
  const key = keyOf(value, how);
  if (how.compare === 'value' || !value.includes('upload/')) return key === '' ? [] : [key];
  const plain = withoutUploadPrefix(value);
  return plain === undefined ? [key] : [key, keyOf(plain, how)];
}

/**
 * A file name or address without what Label Studio writes before the name of an uploaded file: eight hexadecimal digits and a
 * dash (`data_import/models.py` of label-studio: `upload_name_generator`). Undefined if there is none.
 */
export function withoutUploadPrefix(value: string): string | undefined {
  const name = fileName(value);
  return /^[\da-f]{8}-./.test(name) ? name.slice(9) : undefined;
}

const notAscii = /[^\0-\u007F]/;

/** In lower case, in composed form, without spaces around and with one space between words. */
function folded(text: string): string {
  const composed = notAscii.test(text) ? text.normalize('NFC') : text;
  const spaced = /\s/.test(composed) ? composed.trim().replaceAll(/\s+/g, ' ') : composed;
  return spaced.toLowerCase();
}

/** The last part of a path or an address, decoded. `?d=` is how Label Studio addresses local files. */
function fileName(value: string): string {
  let path = value;
  const query = path.indexOf('?');
  if (query >= 0) {
    const local = /[?&]d=([^&]*)/.exec(path);
    path = local === null ? path.slice(0, query) : local[1]!;
  }
  if (path.includes('://') && path.includes('#')) path = path.slice(0, path.indexOf('#'));
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name.includes('%') ? lastPart(decoded(name)) : name;
}

/** An encoded slash divides folders as well. */
const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A name without its ending: at most five letters and digits, not only digits, behind the last dot. */
function stem(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return name;
  const ending = name.slice(dot + 1);
  return /^[\da-z]{1,5}$/i.test(ending) && /[a-z]/i.test(ending) ? name.slice(0, dot) : name;
}
