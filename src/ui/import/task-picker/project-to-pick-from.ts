/** The project to pick tasks from, or why there is none, in words. */
export type PickFrom = { project: number } | { whyNot: string };

export function projectToPickFrom(known: {
  connected: boolean;
  /** The request’s project as in the form. */
  own: string;
  /** True if the request’s project is something that no input can show. */
  isUnreadable: boolean;
  /** The project of the batch. */
  chosen: number | undefined;
}): PickFrom {
  const { connected, chosen } = known;
  const own = known.own.trim();
  if (!connected) return { whyNot: 'Connect to a server to pick tasks from a list.' };
  if (own === '' && known.isUnreadable) return { whyNot: notReadable };
  if (own === '' && chosen === undefined)
    return { whyNot: 'Choose a project above or below to pick tasks from a list.' };
  if (own === '') return { project: chosen! };
  return /^[1-9]\d*$/.test(own) && Number.isSafeInteger(Number(own))
    ? { project: Number(own) }
    : { whyNot: notReadable };
}

const notReadable = 'Fix this request’s project to pick tasks from a list.';
