import { expect, test } from 'vitest';
import {
  addressProblem,
  isBlockedAsInsecure,
  serverAddress,
  tidyAddress,
  understoodAddress,
  type SettingsValues,
} from './server-address.ts';

const offer = {
  sandbox: { path: './sandbox', edition: 'enterprise' as const, users: [], timeLimitSeconds: 2 },
  labelStudio: { path: './label-studio', target: 'https://labels.example.com/ls' },
};
const values: SettingsValues = {
  where: 'sandbox',
  address: '',
  username: '',
  token: 'a',
  timeLimitSeconds: '90',
};

test('the sandbox keeps its time limit', () => {
  expect(serverAddress(values, offer, 'https://tools.example.com/sheaf/#/import')).toEqual({
    base: 'https://tools.example.com/sheaf/sandbox',
    linkBase: 'https://tools.example.com/sheaf/sandbox',
    name: 'Sandbox',
    timeLimitSeconds: 2,
  });
});

test('links lead to the server itself, also through a proxy', () => {
  expect(serverAddress({ ...values, where: 'proxied' }, offer, 'http://localhost:4173/')).toEqual({
    base: 'http://localhost:4173/label-studio',
    linkBase: 'https://labels.example.com/ls',
    name: 'labels.example.com/ls',
    timeLimitSeconds: 90,
  });
});

test.each([
  ['https://ls.example.com', 'https://ls.example.com'],
  [' https://ls.example.com/ ', 'https://ls.example.com'],
  ['https://ls.example.com/api/', 'https://ls.example.com'],
  ['https://ls.example.com/label-studio//', 'https://ls.example.com/label-studio'],
  ['https://ls.example.com/label-studio/api', 'https://ls.example.com/label-studio'],
  ['HTTPS://LS.example.com/?page=2#top', 'https://ls.example.com'],
  ['https://ls.example.com/projects', 'https://ls.example.com'],
  ['https://ls.example.com/projects/?page=1', 'https://ls.example.com'],
  ['https://ls.example.com/projects/1/data?tab=1&task=7', 'https://ls.example.com'],
  ['https://ls.example.com/label-studio/projects/12/settings/general', 'https://ls.example.com/label-studio'],
  ['https://ls.example.com/ls/user/login/?next=/projects/', 'https://ls.example.com/ls'],
  ['https://ls.example.com/user/account/personal-access-token', 'https://ls.example.com'],
  ['https://ls.example.com/organization/members', 'https://ls.example.com'],
  ['https://ls.example.com/docs/api', 'https://ls.example.com'],
  ['https://example.com/projects/label-studio', 'https://example.com/projects/label-studio'],
  ['https://example.com/projects/labels/projects/3/data', 'https://example.com/projects/labels'],
  ['https://example.com/user/ada', 'https://example.com/user/ada'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
])('%j becomes %s', (typed, tidy) => expect(tidyAddress(typed)).toBe(tidy));

test.each([
  ['https://ls.example.com/projects/1/data?tab=1', 'https://ls.example.com'],
  ['https://ls.example.com/ls/projects', 'https://ls.example.com/ls'],
  ['https://ls.example.com/', undefined],
  [' https://ls.example.com/ls', undefined],
  ['ls.example.com/projects', undefined],
  ['', undefined],
])('shows %j as %j before it is used', (typed, shown) => expect(understoodAddress(typed)).toBe(shown));

test.each([
  ['', /Enter the address/],
  ['ls.example.com', /https:\/\//],
  ['http://', /isn’t a web address/],
  ['https://me:secret@ls.example.com', /password/],
  ['http://under_score.local', /“under_score.local” can’t be/],
  ['http://a*b.com', /“a\*b.com” can’t be/],
  ['https://ls.example.com', /^fine$/],
])('reports %j', (typed, words) => expect(addressProblem(typed) ?? 'fine').toMatch(words));

test.each([
  ['http://ls.example.com', 'https://sheaf.example.com/', true],
  ['http://localhost:8080', 'https://sheaf.example.com/', false],
  ['https://ls.example.com', 'https://sheaf.example.com/', false],
  ['http://ls.example.com', 'http://localhost:4173/', false],
  ['http://', 'https://sheaf.example.com/', false],
])('%s called from %s', (typed, page, blocked) => expect(isBlockedAsInsecure(typed, page)).toBe(blocked));
