import type { ImportSettings } from '#domain/parse/import-settings.ts';

/** What of a reading holds for the next table of a project as well: tables of one project look alike. */
export type KeptImportSettings = Pick<ImportSettings, 'columns' | 'values'>;

const keyOf = (server: string, project: number) => `sheaf-reading ${server} ${project}`;

/** What columns were taken for the last time, and values read as, in this browser and for this project. */
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
    // A full storage costs the memory of it, and nothing else.
  }
}

/** A browser may refuse it altogether. */
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
