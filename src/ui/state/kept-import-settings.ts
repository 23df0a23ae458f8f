import type { ImportSettings } from '#domain/parse/import-settings.ts';

/** Import settings reused for the next table of a project, since its tables are alike. */
export type KeptImportSettings = Pick<ImportSettings, 'columns' | 'values'>;

const keyOf = (server: string, project: number) => `sheaf-reading ${server} ${project}`;

/** The last column and value mappings of this project in this browser. */
export function readKeptImportSettings(server: string, project: number): KeptImportSettings {
  try {
    const kept: unknown = JSON.parse(storage()?.getItem(keyOf(server, project)) ?? '{}');
    if (!isRecord(kept)) return {};
    const { columns, values } = kept;
    return { ...(isColumns(columns) && { columns }), ...(isValues(values) && { values }) };
  } catch {
    return {};
  }
}

export function keepImportSettings(server: string, project: number, { columns, values }: KeptImportSettings) {
  try {
    storage()?.setItem(keyOf(server, project), JSON.stringify({ columns, values }));
  } catch {
    // With full storage the settings aren't remembered; nothing else fails.
  }
}

/** Undefined if the browser refuses storage. */
function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const target = /^(?:nothing|task|result|(?:field|control):[^]+)$/;

const isColumns = (value: unknown): value is KeptImportSettings['columns'] & {} =>
  isRecord(value) && Object.values(value).every((one) => typeof one === 'string' && target.test(one));

const isValues = (value: unknown): value is KeptImportSettings['values'] & {} =>
  isRecord(value) && Object.values(value).every((one) => isRecord(one) && Object.values(one).every(isLabel));

const isLabel = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((step) => typeof step === 'string'));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
