/** How long a server may take for a request that only shows whether it is there. */
export const probeMs = 10_000;

/**
 * True if a server at `base` answers but CORS hides the answer: a `no-cors` request, whose answer can't be read, succeeds.
 */
export async function answersAnybody(
  fetch: (request: Request) => Promise<Response>,
  base: string,
): Promise<boolean> {
  const seen = new AbortController();
  const request = new Request(`${base}/api/version/`, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([AbortSignal.timeout(probeMs), seen.signal]),
  });
  try {
    await fetch(request);
    return true;
  } catch {
    return false;
  } finally {
    // The answer can’t be read, so its connection is given up, however much would come.
    seen.abort();
  }
}
