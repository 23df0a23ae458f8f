import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepImportSettings, readImportSettings, readKeptImportSettings } from './kept-import-settings.ts';

const server = 'https://ls.example.com';
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('keeps columns and values for one project of one server', () => {
  const reading = {
    columns: { Mood: 'control:sentiment' as const },
    values: { sentiment: { pos: 'Positive' }, place: { de: ['EU', 'DE'] } },
    matching: { field: 'image', compare: 'file-stem' as const, ignoresCase: true },
  };
  keepImportSettings(server, 1, reading);
  expect(readKeptImportSettings(server, 1)).toEqual(reading);
  expect(readKeptImportSettings(server, 2)).toEqual({});
  expect(readKeptImportSettings('https://other.example.com', 1)).toEqual({});
  keepImportSettings(server, 1, {});
  expect(readKeptImportSettings(server, 1)).toEqual({});
});

it.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['columns of another kind', '{"columns": {"Mood": 4}, "values": []}'],
  [
    'a comparison that isn’t known',
    '{"matching": {"field": "image", "compare": "sound", "ignoresCase": true}}',
  ],
  ['values of another kind', '{"columns": {"Mood": "Positive"}, "values": {"sentiment": {"pos": []}}}'],
])('ignores invalid stored settings: %s', (_, kept) => {
  keepImportSettings(server, 1, {});
  for (const key of stored.keys()) stored.set(key, kept);
  expect(readKeptImportSettings(server, 1)).toEqual({});
});

it('keeps nothing, without failing, if the browser refuses storage', () => {
  vi.stubGlobal('localStorage', undefined);
  keepImportSettings(server, 1, { columns: {} });
  expect(readKeptImportSettings(server, 1)).toEqual({});
});

it('reads only settings that this version knows', () => {
  const known = {
    format: 'table',
    delimiter: ';',
    hasHeader: false,
    columns: { Mood: 'control:sentiment' },
    values: { sentiment: { pos: 'Positive' } },
  };
  expect(readImportSettings({ ...known, sheet: 2 })).toEqual(known);
  expect(readImportSettings({ format: 'parquet', delimiter: '~', hasHeader: 'yes', columns: 7 })).toEqual({});
  expect(readImportSettings({ ...known, format: 'toString' })).not.toHaveProperty('format');
  expect(readImportSettings(null)).toEqual({});
});
