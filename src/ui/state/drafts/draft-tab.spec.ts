import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimTab } from './draft-tab.ts';

/** The session storage of the tab that is being started. */
let session: Map<string, string>;

const storage = {
  getItem: (key: string) => session.get(key) ?? null,
  setItem: (key: string, value: string) => void session.set(key, value),
};

/** Starts a tab; with `from`, as a duplicate or reload of the tab with this storage. */
async function startTab(from = new Map<string, string>()) {
  session = new Map(from);
  const tab = await claimTab();
  return { tab, session };
}

beforeEach(() => vi.stubGlobal('sessionStorage', storage));
afterEach(() => vi.unstubAllGlobals());

// e2e covers browsers with locks; pages on plain http have none.
describe('without locks', () => {
  /** The channels of a closed tab stop answering. */
  let channels: BroadcastChannel[];
  beforeEach(() => {
    channels = [];
    vi.stubGlobal('navigator', {});
    const Channel = BroadcastChannel;
    vi.stubGlobal(
      'BroadcastChannel',
      class extends Channel {
        constructor(name: string) {
          super(name);
          channels.push(this);
        }
      },
    );
  });
  const close = () => {
    for (const channel of channels.splice(0)) channel.close();
  };
  afterEach(close);

  it('a tab has the same ID after a reload, and other tabs have others', async () => {
    const one = await startTab();
    const other = await startTab();
    expect(other.tab.id).not.toBe(one.tab.id);
    expect(await one.tab.openTabs()).toEqual(new Set([other.tab.id]));
    close();
    const again = await startTab(one.session);
    expect(again.tab).toMatchObject({ id: one.tab.id, copyOf: undefined });
  });

  it('a duplicate gets a different ID and keeps it', async () => {
    const one = await startTab();
    const copy = await startTab(one.session);
    expect(copy.tab.copyOf).toBe(one.tab.id);
    expect(copy.tab.id).not.toBe(one.tab.id);
    close();
    expect((await startTab(copy.session)).tab.id).toBe(copy.tab.id);
  });

  it('one tab can adopt the ID of a closed tab', async () => {
    const one = await startTab();
    const two = await startTab();
    const adopted = await Promise.all([one.tab.adopt('closed'), two.tab.adopt('closed')]);
    expect(adopted).toEqual([false, false]);
    expect(await one.tab.adopt('closed')).toBe(true);
    expect(await two.tab.adopt('closed')).toBe(false);
    expect(one.tab.id).toBe('closed');
    expect([...session.values()]).toEqual(['closed']);
    await one.tab.renew();
    expect(one.tab.id).not.toBe('closed');
    expect(await two.tab.adopt('closed')).toBe(true);
  });
});

it('without storage, each start has a new ID', async () => {
  const refuse = () => {
    throw new DOMException('The storage is refused.', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse });
  vi.stubGlobal('navigator', { locks: { request: async () => refuse(), query: async () => refuse() } });
  const tab = await claimTab();
  expect(tab).toMatchObject({ id: expect.stringMatching(/\w+/), copyOf: undefined });
  expect(await tab.openTabs()).toEqual(new Set());
  expect((await claimTab()).id).not.toBe(tab.id);
});
