/** The project whose tasks a request can be for, or why there are none to pick from, in words. */
export type PickFrom = { project: number } | { whyNot: string };

export function projectToPickFrom(known: {
  connected: boolean;
  /** What the request says itself, as it stands in the form. */
  own: string;
  /** Whether the text says something there that no input can show. */
  isOddlyWritten: boolean;
  /** The project of the batch. */
  chosen: number | undefined;
}): PickFrom {
  const { connected, chosen } = known;
  const own = known.own.trim();
  if (!connected) return { whyNot: 'Connect to a server to pick tasks from a list.' };
  if (own === '' && known.isOddlyWritten) return { whyNot: notReadable };
  if (own === '' && chosen === undefined)
    return { whyNot: 'Choose a project above or below to pick tasks from a list.' };
  if (own === '') return { project: chosen! };
  return /^[1-9]\d*$/.test(own) && Number.isSafeInteger(Number(own))
    ? { project: Number(own) }
    : { whyNot: notReadable };
}

const notReadable = 'Fix this request’s project to pick tasks from a list.';
