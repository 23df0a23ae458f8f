import type { Delimiter, Dialect } from '#domain/parse/table/dialect.ts';
import type { Label } from '#config/labels.ts';
import type { TaskMatching } from '#domain/match/comparison.ts';
import { limits } from '#wire/limits.ts';

/**
 * The format of a source.
 *
 * - `request`, `requests`: one request as JSON, or a list of them
 * - `json-lines`: JSON Lines of requests
 * - `records`: a list of objects whose members are columns: `{"task": 12, "mood": "Positive"}`
 * - `export`: tasks with their annotations, as Label Studio exports them
 * - `table`: CSV, TSV, a range of a spreadsheet
 * - `coco`, `yolo`, `doccano`, `prodigy`: files of other tools, which name images or texts instead of tasks
 * - `empty`, `unreadable`: nothing yet, or neither JSON nor a table
 */
export type Format =
  'request' | 'requests' | 'json-lines' | 'records' | 'export' | 'table' | OtherTool | 'empty' | 'unreadable';

export type OtherTool = 'coco' | 'yolo' | 'doccano' | 'prodigy';

const withRows: readonly Format[] = ['table', 'records', 'coco', 'yolo', 'doccano', 'prodigy'];

/** True for formats with rows and columns, which the grid shows. */
const hasRows = (format: Format): boolean => withRows.includes(format);

/** Labels by value in the file, for the column of one control. A user confirmed each of them. */
export type ValueMapping = Readonly<Record<string, Label>>;

/** What divides several picks in one cell. */
export type PickSeparator = '|' | ';' | ',';

/**
 * The target of a column: `control:NAME` is a control of the config, `label:NAME` marks for the label of this control
 * that the column is named like, `field:NAME` a field of the request, `task` task IDs, and `task-key` values by which
 * tasks are found as in `matching`.
 */
export type ColumnTarget =
  'nothing' | 'task' | 'task-key' | 'result' | `field:${string}` | `control:${string}` | `label:${string}`;

/** The user’s settings for reading a source. Missing ones are detected. */
export interface ImportSettings {
  format?: Extract<Format, 'requests' | 'records' | 'table'>;
  delimiter?: Delimiter;
  hasHeader?: boolean;
  /** Skipped rows above the table. */
  rowsAbove?: number;
  /** By column name; long names are cut like in `columnNames`. */
  columns?: Record<string, ColumnTarget>;
  /** If true, columns missing in `columns` are ignored; otherwise their targets are detected. */
  ignoresOtherColumns?: boolean;
  /** Value mappings by control name. They don’t change the source. */
  values?: Record<string, ValueMapping>;
  /** What divides picks, by control name; `|` for others. */
  separators?: Record<string, PickSeparator>;
  /** Controls whose labels have a column each, with a mark in its cells. */
  labelColumns?: readonly string[];
  /** How tasks are found by the values of the column `task-key`. */
  matching?: TaskMatching;
  /** Parts of an export that become annotations, besides its annotations. */
  parts?: ExportParts;
  /** The project’s controls by the names in an export of another project. */
  controls?: Record<string, string>;
  /** User IDs by the authors of an export, named as in `ExportSummary`. Without it, authors aren’t imported. */
  annotators?: Record<string, number>;
}

/** Columns named like labels of one control, with marks in their cells. */
export interface LabelColumns {
  control: string;
  /** The number of these columns, and the names of the first ones. */
  columns: number;
  names: string[];
  /** True if the user chose to use them. */
  areUsed: boolean;
}

/** Predictions and drafts of an export that become annotations; none by default. */
export interface ExportParts {
  /** Only those of one model version (empty: without version), or with a score of at least `minScore`. */
  predictions?: { modelVersion?: string; minScore?: number };
  drafts?: boolean;
}

/** The content of an export, imported or not. */
export interface ExportSummary {
  tasks: number;
  annotations: number;
  predictions: number;
  drafts: number;
  /**
   * The authors of annotations: an e-mail address, or `user 12`. Most frequent first, at most `limits.exportAuthors`.
   */
  authors: { name: string; annotations: number }[];
  /** Most frequent first, at most `limits.listed`; the name is empty for predictions without one. */
  modelVersions: { name: string; predictions: number }[];
  /** The lowest and highest score, if any. */
  scores?: { min: number; max: number };
}

/** The settings with which a source was read. */
export interface ResolvedImport {
  format: Format;
  /** For tables only. */
  dialect?: Dialect;
  /** The mapping of each column of a table or of records. */
  columns: ColumnReading[];
  /** Targets for mapping a column; empty without columns. */
  targets: NamedTarget[];
  /** For exports only. */
  export?: ExportSummary;
  /** Columns that can be used as choices; at most `limits.listed`. */
  labelColumns?: LabelColumns[];
}

export interface NamedTarget {
  target: ColumnTarget;
  words: string;
}

export interface ColumnReading {
  /** Cut like in `columnNames`. */
  name: string;
  target: ColumnTarget;
  /** Its first few distinct values, cut. */
  samples: string[];
}

/** The same for the screen: its size is independent of columns and config. */
export interface ImportSummary extends Omit<ResolvedImport, 'columns'> {
  /** Number of columns; they are read page by page. */
  columns: number;
  /** Number of columns that aren’t ignored. */
  mapped: number;
  /** Names of the first ignored columns; their number is `columns - mapped`. */
  ignored: string[];
  /** Number of unlisted targets. */
  moreTargets: number;
}

/** Everything the screen needs to know about how a source was read. */
export function summariseImport({ columns, targets, ...reading }: ResolvedImport): ImportSummary {
  const ignored = columns.filter(({ target }) => target === 'nothing');
  const listed = targets.filter(({ words }) => words.length <= limits.shownUnits).slice(0, limits.listed);
  return {
    ...reading,
    columns: columns.length,
    mapped: columns.length - ignored.length,
    ignored: ignored.slice(0, limits.listedIgnored).map(({ name }) => name),
    targets: listed,
    moreTargets: targets.length - listed.length,
  };
}

/** The word for an entry of this format. */
export function entryWord(format: Format): 'row' | 'request' {
  return hasRows(format) ? 'row' : 'request';
}
