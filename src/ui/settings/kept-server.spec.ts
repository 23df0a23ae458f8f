import { describe, expect, it } from 'vitest';
import type { ServerOffer } from '#wire/server-offer.ts';
import { firstValues, keepServer } from './kept-server.ts';
import type { SettingsValues } from './server-address.ts';

const sandbox: ServerOffer['sandbox'] = {
  path: '/sandbox',
  edition: 'enterprise',
  users: [{ name: 'Maya', role: 'Manager', token: 'of-the-sandbox' }],
  timeLimitSeconds: 2,
};
const labelStudio = { path: '/label-studio', target: 'https://labels.example.com' };
const typed: SettingsValues = {
  where: 'address',
  address: 'https://other.example.com/ls',
  timeLimitSeconds: '300',
  username: 'https://other.example.com/ls',
  token: 'a-secret',
};

/** A browser’s storage. */
function browser() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    text: () => JSON.stringify([...items]),
  };
}
function visit(values: SettingsValues, offer: ServerOffer, next = offer) {
  const storage = browser();
  keepServer(values, offer, () => storage);
  return firstValues(next, () => storage);
}

describe('the first visit', () => {
  it.each<[string, ServerOffer, Partial<SettingsValues>]>([
    [
      'the sandbox, with its manager',
      { sandbox, labelStudio: null },
      { where: 'sandbox', token: 'of-the-sandbox' },
    ],
    [
      'the Label Studio that Sheaf was started with',
      { sandbox, labelStudio },
      { where: 'proxied', token: '' },
    ],
    [
      'an address',
      { sandbox: null, labelStudio: null },
      { where: 'address', address: '', timeLimitSeconds: '90' },
    ],
  ])('offers %s', (_, offer, expected) => expect(firstValues(offer, browser)).toMatchObject(expected));
});

describe('the next visit', () => {
  const offer = { sandbox, labelStudio };

  it('starts with the last address and its time limit, but without the token', () => {
    expect(visit(typed, offer)).toEqual({ ...typed, token: '' });
  });

  it('stores no token, not even the sandbox’s', () => {
    const storage = browser();
    keepServer(typed, offer, () => storage);
    expect(storage.text()).toContain('other.example.com');
    expect(storage.text()).not.toContain('a-secret');
  });

  it('starts with the sandbox if it was chosen instead of a Label Studio', () => {
    expect(visit({ ...typed, where: 'sandbox' }, offer).where).toBe('sandbox');
  });

  it.each<[string, SettingsValues['where'], ServerOffer, SettingsValues['where']]>([
    [
      'a Label Studio that Sheaf was newly started with',
      'sandbox',
      { sandbox, labelStudio: { ...labelStudio, target: 'https://new.example.com' } },
      'proxied',
    ],
    [
      'the sandbox where no Label Studio is offered any more',
      'proxied',
      { sandbox, labelStudio: null },
      'sandbox',
    ],
    [
      'an address where nothing is offered any more',
      'sandbox',
      { sandbox: null, labelStudio: null },
      'address',
    ],
  ])('starts with %s', (_, where, next, expected) =>
    expect(visit({ ...typed, where }, offer, next).where).toBe(expected),
  );

  it.each(['', '{', '7', '{"where":"elsewhere"}', '{"where":"address"}'])(
    'starts like the first visit if %j is stored',
    (kept) => {
      expect(firstValues(offer, () => ({ getItem: () => kept }))).toMatchObject({
        where: 'proxied',
        address: '',
      });
    },
  );

  it('starts like the first visit if the browser refuses storage', () => {
    const denied = (): never => {
      throw new Error('denied');
    };
    expect(firstValues(offer, denied).where).toBe('proxied');
  });
});
