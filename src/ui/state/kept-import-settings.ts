import type { TaskMatching } from '#domain/match/comparison.ts';
import type { ImportSettings, PickSeparator } from '#domain/parse/import-settings.ts';

/** Import settings reused for a project’s next table, because its tables are similar. */
export type KeptImportSettings = Pick<
  ImportSettings,
  'columns' | 'labelColumns' | 'values' | 'separators' | 'matching'
>;

const keyOf = (server: string, project: number) => `sheaf-reading ${server} ${project}`;

/** The last column mapping, value mapping and task matching for this project in this browser. */
export function readKeptImportSettings(server: string, project: number): KeptImportSettings {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(keyOf(server, project)) ?? '{}');
    return pickKept(readImportSettings(kept));
  } catch {
    return {};
  }
}

/** Settings that go by the names of columns and controls, so that they suit the next text, too. */
export function pickKept({
  columns,
  labelColumns,
  values,
  separators,
  matching,
}: ImportSettings): KeptImportSettings {
  return {
    ...(columns && { columns }),
    ...(labelColumns && { labelColumns }),
    ...(values && { values }),
    ...(separators && { separators }),
    ...(matching && { matching }),
  };
}

export function keepImportSettings(server: string, project: number, settings: KeptImportSettings) {
  try {
    storage()?.setItem(keyOf(server, project), JSON.stringify(pickKept(settings)));
  } catch {
    // With full storage the settings aren’t remembered; nothing else fails.
  }
}

/** The valid parts of stored settings, because another version may know other formats. Everything else is detected. */
export function readImportSettings(stored: unknown): ImportSettings {
  if (!isRecord(stored)) return {};
  const known = Object.entries(checks).filter(([name, isValid]) => isValid(stored[name]));
  return Object.fromEntries(known.map(([name]) => [name, stored[name]]));
}

/** Undefined if the browser refuses storage. */
function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const target = /^(?:nothing|task|task-key|result|(?:field|control|label):[^]+)$/;

const isColumns = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((one) => typeof one === 'string' && target.test(one));

const isValues = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((one) => isRecord(one) && Object.values(one).every(isLabel));

function isParts(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { predictions = {}, drafts = false } = value;
  if (!isRecord(predictions) || typeof drafts !== 'boolean') return false;
  const { modelVersion = '', minScore = 0 } = predictions;
  return typeof modelVersion === 'string' && typeof minScore === 'number';
}

const isLabel = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((step) => typeof step === 'string'));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const formats = { requests: 1, records: 1, table: 1 } satisfies Record<ImportSettings['format'] & {}, 1>;
const delimiters = { ',': 1, ';': 1, '\t': 1, '|': 1 } satisfies Record<ImportSettings['delimiter'] & {}, 1>;
const separators = { '|': 1, ';': 1, ',': 1 } satisfies Record<PickSeparator, 1>;

const comparisons = { value: 1, 'file-name': 1, 'file-stem': 1 } satisfies Record<TaskMatching['compare'], 1>;

const isMatching = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['field'] === 'string' &&
  isKeyOf(comparisons)(value['compare']) &&
  typeof value['ignoresCase'] === 'boolean';

const isKeyOf = (known: object) => (value: unknown) =>
  typeof value === 'string' && Object.hasOwn(known, value);

const checks: Record<keyof ImportSettings, (value: unknown) => boolean> = {
  format: isKeyOf(formats),
  delimiter: isKeyOf(delimiters),
  hasHeader: (value) => typeof value === 'boolean',
  rowsAbove: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  columns: isColumns,
  ignoresOtherColumns: (value) => typeof value === 'boolean',
  labelColumns: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  values: isValues,
  separators: (value) => isRecord(value) && Object.values(value).every(isKeyOf(separators)),
  parts: isParts,
  matching: isMatching,
  controls: (value) => isRecord(value) && Object.values(value).every((name) => typeof name === 'string'),
  annotators: (value) => isRecord(value) && Object.values(value).every(Number.isSafeInteger),
};
