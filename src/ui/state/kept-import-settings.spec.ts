import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepReading, readKeptReading } from './kept-import-settings.ts';

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

it('columns and values are kept for one project of one server', () => {
  const reading = {
    columns: { Mood: 'control:sentiment' as const },
    values: { sentiment: { pos: 'Positive' }, place: { de: ['EU', 'DE'] } },
  };
  keepReading(server, 1, reading);
  expect(readKeptReading(server, 1)).toEqual(reading);
  expect(readKeptReading(server, 2)).toEqual({});
  expect(readKeptReading('https://other.example.com', 1)).toEqual({});
  keepReading(server, 1, {});
  expect(readKeptReading(server, 1)).toEqual({});
});

it.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['columns of another kind', '{"columns": {"Mood": 4}, "values": []}'],
  ['values of another kind', '{"columns": {"Mood": "Positive"}, "values": {"sentiment": {"pos": []}}}'],
])('what is not what was kept is nothing: %s', (_, kept) => {
  keepReading(server, 1, {});
  for (const key of stored.keys()) stored.set(key, kept);
  expect(readKeptReading(server, 1)).toEqual({});
});

it('a browser that refuses its storage keeps nothing, and nothing breaks', () => {
  vi.stubGlobal('localStorage', undefined);
  keepReading(server, 1, { columns: {} });
  expect(readKeptReading(server, 1)).toEqual({});
});
