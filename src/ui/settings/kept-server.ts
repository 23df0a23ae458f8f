import type { ServerOffer } from '#wire/server-offer.ts';
import { noAccount } from './server-choice.tsx';
import { defaultTimeLimit, type SettingsValues } from './server-address.ts';

/** The last connected server in this browser. Never its token. */
export type KeptServer = Pick<SettingsValues, 'where' | 'address' | 'timeLimitSeconds'> & {
  /** The Label Studio that Sheaf’s server offered then. */
  offered?: string | undefined;
};

const key = 'sheaf-server';

/** Throws if the browser refuses storage. */
const browserStorage = () => globalThis.localStorage;

export function keepServer(
  { where, address, timeLimitSeconds }: SettingsValues,
  offer: ServerOffer,
  storage: () => Pick<Storage, 'setItem'> = browserStorage,
) {
  const kept: KeptServer = { where, address, timeLimitSeconds, offered: offer.labelStudio?.target };
  try {
    storage().setItem(key, JSON.stringify(kept));
  } catch {
    // With full or forbidden storage it isn’t remembered; nothing else fails.
  }
}

/** The form’s initial values: the last server if it is still offered, without a token except the sandbox’s. */
export function firstValues(
  offer: ServerOffer,
  storage: () => Pick<Storage, 'getItem'> = browserStorage,
): SettingsValues {
  const { sandbox, labelStudio } = offer;
  const kept = readKept(storage);
  const values = {
    address: kept?.address ?? '',
    timeLimitSeconds: kept?.timeLimitSeconds ?? String(defaultTimeLimit),
    username: '',
    token: '',
  };
  switch (firstChoice(offer, kept)) {
    case 'sandbox': {
      const { name, token } = sandbox?.users[0] ?? noAccount;
      return { ...values, where: 'sandbox', username: name, token };
    }
    case 'proxied':
      return { ...values, where: 'proxied', username: labelStudio?.target ?? '' };
    case 'address':
      return { ...values, where: 'address', username: values.address.trim() };
  }
}

/** A Label Studio given to Sheaf at its start comes first, unless another server was chosen instead. */
function firstChoice(
  { sandbox, labelStudio }: ServerOffer,
  kept: KeptServer | undefined,
): SettingsValues['where'] {
  const isNew = labelStudio !== null && labelStudio.target !== kept?.offered;
  if (isNew) return 'proxied';
  if (kept?.where === 'address') return 'address';
  if (kept?.where === 'sandbox' && sandbox) return 'sandbox';
  if (labelStudio) return 'proxied';
  return sandbox ? 'sandbox' : 'address';
}

function readKept(storage: () => Pick<Storage, 'getItem'>): KeptServer | undefined {
  try {
    const kept = JSON.parse(storage().getItem(key) ?? 'null') as Partial<KeptServer> | null;
    const { where, address, timeLimitSeconds, offered } = kept ?? {};
    if (where !== 'sandbox' && where !== 'proxied' && where !== 'address') return undefined;
    if (typeof address !== 'string' || typeof timeLimitSeconds !== 'string') return undefined;
    return { where, address, timeLimitSeconds, offered };
  } catch {
    return undefined;
  }
}
